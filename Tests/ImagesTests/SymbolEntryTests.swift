// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SymbolEntryTests {
    private func parse(
        info: UInt8,
        section: UInt16 = 1,
        size: UInt64 = 16
    ) -> SymbolEntry? {
        let bytes =
            little(UInt32(7)) + [info, 0] + little(section) + little(UInt64(0x1234))
            + little(size)
        return SymbolEntry(ByteReader(bytes), at: 0)
    }

    @Test func readsEveryField() throws {
        let entry = try #require(parse(info: 0x12))
        #expect(entry.name == 7)
        #expect(entry.address == 0x1234)
        #expect(entry.size == 16)
        #expect(entry.kind == .function)
        #expect(entry.binding == .global)
    }

    @Test func takesFunctionsOfEveryBinding() {
        #expect(parse(info: 0x02)?.binding == .local)
        #expect(parse(info: 0x22)?.binding == .weak)
        #expect(parse(info: 0xa2)?.binding == .global)
        #expect(parse(info: 0x1a)?.kind == .function)
    }

    @Test(arguments: [UInt8](arrayLiteral: 1, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15))
    func leavesOutWhatIsNotCode(type: UInt8) { #expect(parse(info: 0x10 | type) == nil) }

    @Test func takesLabelsWithASizeOrAName() {
        #expect(parse(info: 0x00)?.kind == .label)
        #expect(parse(info: 0x00, size: 0) == nil)
        #expect(parse(info: 0x10, size: 0)?.kind == .label)
        #expect(parse(info: 0x20, size: 0)?.kind == .label)
    }

    @Test(arguments: [UInt16](arrayLiteral: 0, 0xfff1, 0xfff2))
    func leavesOutWhatHasNoPlace(section: UInt16) {
        #expect(parse(info: 0x12, section: section) == nil)
    }

    @Test func refusesPartOfAnEntry() {
        let bytes = [UInt8](repeating: 0x12, count: SymbolEntry.byteCount)
        #expect(SymbolEntry(ByteReader(bytes), at: 0) != nil)
        for count in 0..<bytes.count {
            #expect(SymbolEntry(ByteReader(Array(bytes.prefix(count))), at: 0) == nil)
        }
        #expect(SymbolEntry(ByteReader(bytes), at: UInt64.max) == nil)
    }
}
