// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct DynamicTableTests {
    private func entry(_ tag: UInt64, _ value: UInt64) -> [UInt8] { little(tag) + little(value) }

    @Test func readsEntriesUpToTheLast() {
        let table = DynamicTable(
            parsing: entry(6, 0x100) + entry(5, 0x200) + entry(10, 30) + entry(4, 0x300)
                + entry(0x6fff_fef5, 0x400) + entry(1, 7) + entry(0, 0) + entry(6, 0x999)
        )
        #expect(table.symbols == 0x100)
        #expect(table.names == 0x200)
        #expect(table.nameBytes == 30)
        #expect(table.hash == 0x300)
        #expect(table.gnuHash == 0x400)
        #expect(DynamicTable(parsing: entry(6, 1).dropLast()).symbols == nil)
    }

    @Test func findsItsPlaceAmongTheProgramHeaders() {
        func header(_ type: UInt32, _ address: UInt64, _ bytes: UInt64) -> [UInt8] {
            little(type) + little(UInt32(0)) + little(UInt64(0)) + little(address)
                + little(UInt64(0)) + little(UInt64(0)) + little(bytes) + little(UInt64(0))
        }
        let found = DynamicTable.extent(inProgramHeaders: header(1, 1, 1) + header(2, 0x500, 0x40))
        #expect(found == 0x500..<0x540)
        #expect(DynamicTable.extent(inProgramHeaders: header(1, 1, 1)) == nil)
        #expect(DynamicTable.extent(inProgramHeaders: header(2, UInt64.max, 2)) == nil)
        #expect(DynamicTable.extent(inProgramHeaders: Array(header(2, 1, 1).dropLast(20))) == nil)
        let huge = DynamicTable.extent(inProgramHeaders: header(2, 0, UInt64.max))
        #expect(huge == 0..<(DynamicTable.entryLimit * 16))
    }

    @Test func countsSymbolsByTheHashTables() {
        let old = ByteReader(little(UInt32(3)) + little(UInt32(17)))
        #expect(DynamicTable.symbolCount(ofHash: old, at: 0) == 17)
        #expect(DynamicTable.symbolCount(ofHash: old, at: 4) == nil)
        // Two buckets, symbols from 5, one word of the filter; the chains of 5 and 6, 7.
        let header = [2, 5, 1, 0].flatMap { little(UInt32($0)) } + little(UInt64(0))
        let rest = [5, 6, 1, 2, 3].flatMap { little(UInt32($0)) }
        #expect(DynamicTable.symbolCount(ofGNUHash: ByteReader(header + rest), at: 0) == 8)
        let empty = header + [0, 0].flatMap { little(UInt32($0)) }
        #expect(DynamicTable.symbolCount(ofGNUHash: ByteReader(empty), at: 0) == 5)
        for length in (header + rest).indices {
            let part = ByteReader(Array((header + rest)[..<length]))
            #expect(DynamicTable.symbolCount(ofGNUHash: part, at: 0) == nil)
        }
        #expect(
            DynamicTable.symbolCount(ofGNUHash: ByteReader(header + rest), at: UInt64.max) == nil
        )
    }
}
