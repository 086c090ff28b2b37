// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SymbolTableTests {
    @Test func rowsAreSixteenBytes() { #expect(MemoryLayout<SymbolTable.Row>.stride == 16) }

    @Test func anEmptyTableNamesNothing() {
        let table = SymbolTable()
        #expect(table.isEmpty)
        #expect(table.symbol(at: ImageAddress(0)) == nil)
        #expect(table.symbol(at: ImageAddress(UInt64.max)) == nil)
    }

    @Test func aGapIsNotPartOfTheFunctionBefore() throws {
        let table = SymbolTable(
            base: 0x1000,
            rows: [
                .init(start: 0x10, size: 0x10, name: 0, enclosing: SymbolTable.noRow),
                .init(start: 0x40, size: 0x10, name: 2, enclosing: SymbolTable.noRow),
            ],
            names: [0x61, 0, 0x62, 0],
            drops: [:]
        )
        #expect(table.symbol(at: ImageAddress(0xfff)) == nil)
        #expect(table.symbol(at: ImageAddress(0x100f)) == nil)
        #expect(table.symbol(at: ImageAddress(0x1020)) == nil)
        #expect(table.symbol(at: ImageAddress(0x103f)) == nil)
        #expect(table.symbol(at: ImageAddress(0x1050)) == nil)
        #expect(table.symbol(at: ImageAddress(0x1_0000_1010)) == nil)
        let last = try #require(table.symbol(at: ImageAddress(0x101f)))
        #expect(last.name == "a")
        #expect(last.offsetInFunction == 0xf)
        #expect(last.addresses == ImageAddress(0x1010)..<ImageAddress(0x1020))
        #expect(table.symbol(at: ImageAddress(0x1040))?.name == "b")
    }
}
