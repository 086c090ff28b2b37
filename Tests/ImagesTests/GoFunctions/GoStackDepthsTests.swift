// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct GoStackDepthsTests {
    private func rows(_ bytes: [UInt8], _ addresses: Range<UInt64>) -> [GoStackDepths.Row] {
        let reader = ByteReader(bytes)
        var depths = GoStackDepths(ByteCursor(reader, from: 0, to: reader.count), of: addresses)
        var rows: [GoStackDepths.Row] = []
        while let row = depths.next() { rows.append(row) }
        return rows
    }

    private let unit = UInt64(GoFunctionTable.instructionBytes)

    @Test func followsTheDifferences() {
        // From -1 to 0, by 0x88 to 0x88, and back by -0x88.
        let found = rows([2, 4, 0x90, 2, 0x10, 0x8f, 2, 2, 0, 9], 0x100..<0x200)
        #expect(found.map(\.depth) == [0, 0x88, 0])
        #expect(
            found.map(\.addresses) == [
                0x100..<0x100 + 4 * unit, 0x100 + 4 * unit..<0x100 + 20 * unit,
                0x100 + 20 * unit..<0x100 + 22 * unit,
            ]
        )
    }

    @Test func aDifferenceOfNothingIsNoEndAtFirst() {
        #expect(rows([0, 3, 0], 0x100..<0x200).map(\.depth) == [-1])
    }

    @Test func staysWithinTheFunction() {
        #expect(rows([2, 0xff, 0x7f, 2, 1], 0x100..<0x110).map(\.addresses) == [0x100..<0x110])
        let endless = [UInt8](repeating: 0xff, count: 9) + [1]
        #expect(rows([2] + endless, 0x100..<0x110).map(\.addresses) == [0x100..<0x110])
    }

    @Test func endsWhereItsBytesEnd() {
        #expect(rows([], 0x100..<0x200).isEmpty)
        #expect(rows([2], 0x100..<0x200).isEmpty)
        #expect(rows([2, 0], 0x100..<0x200).isEmpty)
        #expect(rows([2, 4, 0x80], 0x100..<0x200).count == 1)
        #expect(rows([0xff, 0xff, 0xff, 0xff, 0x7f, 4], 0x100..<0x200).isEmpty)
    }
}
