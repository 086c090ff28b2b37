// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SymbolTableNamesTests {
    private func row(_ name: UInt32) -> SymbolTable.Row {
        SymbolTable.Row(start: 0, size: 1, name: name, enclosing: SymbolTable.noRow)
    }

    private let names = SymbolTableNames(
        bytes: Array("a\0bb\0ccc\0".utf8),
        starts: [0, 2, 2, 5]
    )

    @Test func keepsAllWhereAllAreUsed() {
        let names = SymbolTableNames(bytes: [97, 0, 98, 0], starts: [0, 2])
        let (kept, rows) = names.keeping([row(0), row(2)])
        #expect(kept == [97, 0, 98, 0])
        #expect(rows.map(\.name) == [0, 2])
    }

    @Test func dropsTheNamesOfAnyTableThatGaveNone() {
        let (kept, rows) = names.keeping([row(7), row(0), row(5)])
        #expect(kept == Array("a\0ccc\0".utf8))
        #expect(rows.map(\.name) == [4, 0, 2])
        let (last, moved) = names.keeping([row(3)])
        #expect(last == Array("bb\0".utf8))
        #expect(moved.map(\.name) == [1])
        #expect(names.keeping([]).names.isEmpty)
    }
}
