// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("GoFunctionTable of a file") struct GoFunctionTableFileTests {
    private func read(_ writer: ELFWriter, limit: UInt64 = 1 << 20) throws -> GoFunctionTable? {
        let bytes = ImageBytes(writer.bytes())
        return try GoFunctionTable.read(
            from: bytes,
            ImageHeaders.read(from: bytes, limits: .standard),
            limit: limit
        )
    }

    private func file(
        _ table: GoTableWriter,
        section: String = ".gopclntab"
    ) -> ELFWriter {
        var writer = ELFWriter()
        writer.sections[0].name = ".text"
        writer.add(
            section: section,
            ELFWriter.Section(type: 1, flags: 2, address: 0x5000, contents: table.bytes())
        )
        return writer
    }

    @Test(arguments: [".gopclntab", ".data.rel.ro.gopclntab"])
    func findsItByName(section: String) throws {
        let table = try #require(try read(file(GoTableWriter(), section: section)))
        #expect(table.count == 4)
        #expect(table.start(at: 0) == 0x1000)
        #expect(try read(file(GoTableWriter(), section: ".rodata")) == nil)
    }

    @Test func takesTheStartFromTheRelocation() throws {
        var table = GoTableWriter()
        table.textStart = 0
        var writer = file(table)
        #expect(try read(writer)?.start(at: 0) == 0x1000)
        let relocations =
            little(UInt64(0x5010)) + little(UInt64(8)) + little(UInt64(0x9999))
            + little(UInt64(0x5018)) + little(UInt64(8)) + little(UInt64(0x2340))
        writer.add(
            section: ".rela.dyn",
            ELFWriter.Section(type: 4, flags: 2, contents: relocations)
        )
        #expect(try read(writer)?.start(at: 0) == 0x2340)
    }

    @Test func keepsToItsLimit() {
        #expect(throws: ImageFailure.symbolTableTooLarge) {
            try read(file(GoTableWriter()), limit: 16)
        }
    }
}
