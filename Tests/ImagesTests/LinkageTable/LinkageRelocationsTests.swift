// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct LinkageRelocationsTests {
    private func relocation(_ slot: UInt64, symbol: UInt32, type: UInt32) -> [UInt8] {
        little(slot) + little(type) + little(symbol) + little(UInt64(0))
    }

    @Test func findsSymbolsBySlotAndByNumber() {
        let relocations = LinkageRelocations(
            linkage: relocation(0x4000, symbol: 3, type: 7) + relocation(0x4008, symbol: 5, type: 7)
                + relocation(0x4010, symbol: 0, type: 37),
            dynamic: relocation(0x3ff0, symbol: 9, type: 6) + relocation(0x3000, symbol: 8, type: 8)
        )
        #expect(relocations.symbol(of: .slot(0x4000)) == 3)
        #expect(relocations.symbol(of: .slot(0x3ff0)) == 9)
        #expect(relocations.symbol(of: .slot(0x3000)) == nil)
        #expect(relocations.symbol(of: .slot(0x4001)) == nil)
        #expect(relocations.symbol(of: .relocation(1)) == 5)
        // An indirect function has no symbol.
        #expect(relocations.symbol(of: .relocation(2)) == nil)
        #expect(relocations.symbol(of: .slot(0x4010)) == nil)
        #expect(relocations.symbol(of: .relocation(3)) == nil)
        #expect(relocations.symbol(of: .relocation(UInt32.max)) == nil)
    }

    @Test func aPartOfARelocationIsNone() {
        let whole = relocation(0x4000, symbol: 3, type: 7)
        for length in 0..<16 {
            let relocations = LinkageRelocations(linkage: Array(whole[..<length]), dynamic: [])
            #expect(relocations.symbols.isEmpty)
        }
    }
}
