// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ExpressionShapeTests {
    private func shape(_ operations: [UInt8]) -> ExpressionShape? {
        let section = FrameSection(kind: .ehFrame, address: ImageAddress(0), bytes: operations)
        let bytes = ExpressionBytes(offset: 0, byteCount: UInt32(operations.count))
        return ExpressionShape(bytes, of: section)
    }

    /// What linkers write for a procedure linkage table.
    private let linkageTable: [UInt8] = [
        0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22,
    ]

    @Test func knowsRegistersAndLoads() {
        #expect(shape([0x76, 0]) == .register(6, offset: 0))
        #expect(shape([0x77] + sleb(-200)) == .register(7, offset: -200))
        #expect(shape([0x76, 0x78, 0x06]) == .load(6, offset: -8, addend: 0))
        #expect(shape([0x76, 0x78, 0x06, 0x23, 8]) == .load(6, offset: -8, addend: 8))
        #expect(shape([0x77, 8, 0x06, 0x23, 8, 0x23, 16]) == .load(7, offset: 8, addend: 24))
    }

    @Test func knowsLinkageTables() {
        #expect(shape(linkageTable) == .linkageTable(threshold: 11))
        var other = linkageTable
        other[6] = 0x3a
        #expect(shape(other) == .linkageTable(threshold: 10))
    }

    @Test func everyChangeOfALinkageTableIsAnotherShape() {
        for index in linkageTable.indices where index != 6 {
            var changed = linkageTable
            changed[index] ^= 1
            #expect(shape(changed) == nil)
        }
        for count in linkageTable.indices where count != 2 {
            #expect(shape(Array(linkageTable.prefix(count))) == nil)
        }
        #expect(shape(linkageTable + [0x96]) == nil)
    }

    @Test(
        arguments: [
            [], [0x77], [0x77, 0x80], [0x6f, 0], [0x90, 0], [0x76, 0, 0x06, 0x22],
            [0x76, 0, 0x06, 0x23], [0x76, 0, 0x12],
        ] as [[UInt8]]
    )
    func hasNoShapeForOthers(operations: [UInt8]) {
        #expect(shape(operations) == nil)
    }
}
