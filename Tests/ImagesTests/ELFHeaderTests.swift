// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ELFHeaderTests {
    private let bytes = Array(ELFWriter().bytes().prefix(ELFHeader.byteCount))

    private func changed(_ offset: Int, _ value: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(offset..<(offset + value.count), with: value)
        return bytes
    }

    @Test func readsWhatLiesWhere() throws {
        let header = try ELFHeader(parsing: bytes)
        #expect(header.machine == .x86_64)
        #expect(header.programHeaderOffset == 64)
        #expect(header.programHeaderCount == 1)
        #expect(header.sectionHeaderOffset == 64 + 56)
        #expect(header.sectionHeaderCount == 2)
        #expect(!header.needsFirstSection)
    }

    @Test func knowsBothMachines() throws {
        #expect(try ELFHeader(parsing: changed(18, [183, 0])).machine == .arm64)
        #expect(throws: ImageFailure.unsupportedMachine) {
            try ELFHeader(parsing: changed(18, [243, 0]))
        }
    }

    @Test func refusesOtherFiles() {
        #expect(throws: ImageFailure.notELF) { try ELFHeader(parsing: changed(0, [0x7e])) }
        #expect(throws: ImageFailure.unsupportedClass) { try ELFHeader(parsing: changed(4, [1])) }
        #expect(throws: ImageFailure.unsupportedByteOrder) {
            try ELFHeader(parsing: changed(5, [2]))
        }
        #expect(throws: ImageFailure.unsupportedType) { try ELFHeader(parsing: changed(16, [1])) }
        #expect(throws: ImageFailure.unsupportedType) { try ELFHeader(parsing: changed(16, [4])) }
    }

    @Test func refusesHeadersOfOtherSizes() {
        #expect(throws: ImageFailure.malformedHeader) { try ELFHeader(parsing: changed(54, [55])) }
        #expect(throws: ImageFailure.malformedHeader) { try ELFHeader(parsing: changed(58, [63])) }
    }

    @Test func refusesEveryTruncation() {
        for count in 0..<ELFHeader.byteCount {
            #expect(throws: ImageFailure.notELF) {
                try ELFHeader(parsing: Array(bytes.prefix(count)))
            }
        }
    }

    @Test func takesLargeCountsFromTheFirstSection() throws {
        var header = try ELFHeader(parsing: changed(56, [0xff, 0xff]))
        #expect(header.needsFirstSection)
        let section =
            little(UInt32(0)) + [UInt8](repeating: 0, count: 28) + little(UInt64(70_000))
            + little(UInt32(0)) + little(UInt32(66_000)) + [UInt8](repeating: 0, count: 16)
        let first = try #require(SectionHeader(ByteReader(section), at: 0))
        header.extend(from: first)
        #expect(header.programHeaderCount == 66_000)
        #expect(header.sectionHeaderCount == 2)

        var sections = try ELFHeader(parsing: changed(60, [0, 0]))
        #expect(sections.needsFirstSection)
        sections.extend(from: first)
        #expect(sections.sectionHeaderCount == 70_000)
        #expect(sections.programHeaderCount == 1)
    }

    @Test func takesALargeNumberOfTheSectionOfNamesFromTheFirstSection() throws {
        #expect(try ELFHeader(parsing: changed(62, [7, 0])).sectionNamesIndex == 7)
        var header = try ELFHeader(parsing: changed(62, [0xff, 0xff]))
        #expect(header.needsFirstSection)
        let section =
            [UInt8](repeating: 0, count: 40) + little(UInt32(80_000))
            + [UInt8](repeating: 0, count: 20)
        header.extend(from: try #require(SectionHeader(ByteReader(section), at: 0)))
        #expect(header.sectionNamesIndex == 80_000)
    }
}
