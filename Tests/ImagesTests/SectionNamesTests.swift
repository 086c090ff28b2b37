// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SectionNamesTests {
    private func headers(_ writer: ELFWriter) throws -> ImageHeaders {
        try ImageHeaders.read(from: ImageBytes(writer.bytes()), limits: .standard)
    }

    private var writer: ELFWriter {
        var writer = ELFWriter()
        writer.add(section: ".plt", .init(type: 1, contents: [1]))
        writer.add(section: ".plt.sec", .init(type: 1, contents: [2, 2]))
        return writer
    }

    @Test func findsSectionsByTheirWholeNames() throws {
        let names = try headers(writer).names
        #expect(names.section(named: ".plt")?.byteCount == 1)
        #expect(names.section(named: ".plt.sec")?.byteCount == 2)
        #expect(names.section(named: ".plt.") == nil)
        #expect(names.section(named: "plt.sec") == nil)
        #expect(names.section(named: ".shstrtab") != nil)
    }

    @Test func findsTheNamesWhereTheirNumberDidNotFit() throws {
        var writer = writer
        writer.extendedCounts = true
        #expect(try headers(writer).names.section(named: ".plt.sec")?.byteCount == 2)
    }

    @Test func aFileWithoutNamesHasNone() throws {
        let headers = try headers(ELFWriter())
        #expect(headers.names.section(named: "") == nil)
        #expect(headers.names.section(named: ".plt") == nil)
        #expect(headers.failures.isEmpty)
    }

    @Test func reportsATableThatIsNone() throws {
        var bytes = writer.bytes()
        for index: UInt16 in [1, 99] {
            bytes.replaceSubrange(62..<64, with: little(index))
            let headers = try ImageHeaders.read(from: ImageBytes(bytes), limits: .standard)
            #expect(headers.failures == [.malformedHeader])
            #expect(headers.sections.all.count == 5)
            #expect(headers.names.section(named: ".plt") == nil)
        }
    }
}
