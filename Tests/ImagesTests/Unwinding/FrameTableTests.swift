// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameTableTests {
    private func writer() -> FrameWriter {
        var writer = FrameWriter()
        writer.addCommon()
        writer.addFunction(at: 0x2000, byteCount: 0x100, instructions: [0x41, 0x0e, 16])
        writer.addFunction(at: 0x1000, byteCount: 0x1800)
        return writer
    }

    private func offset(_ table: FrameTable, _ address: UInt64) -> Int64? {
        guard case .row(let row, _) = table.row(at: address, instructionLimit: 10),
            case .register(_, let offset) = row.frameAddress
        else { return nil }
        return offset
    }

    @Test func theLaterFunctionCountsWhereTwoOverlap() {
        let table = FrameTable(writer().section)
        #expect(table.addresses == 0x1000..<0x2100)
        #expect(offset(table, 0xfff) == nil)
        #expect(offset(table, 0x1000) == 8)
        #expect(offset(table, 0x1fff) == 8)
        #expect(offset(table, 0x2000) == 8)
        #expect(offset(table, 0x2001) == 16)
        // The earlier function would reach here.
        #expect(offset(table, 0x2100) == nil)
    }

    @Test func aRecordOfOtherAddressesThanTheIndexSaysIsNotUsed() {
        let writer = writer()
        let header = writer.header(of: [(0x1000, 0), (0x1800, 0x1c), (0x2000, 1 << 20)])
        let parsed = FrameHeaderTable(header, at: ImageAddress(0x8_0000))
        let table = FrameTable(writer.section, header: parsed)
        #expect(table.index.count == 3)
        for address in [0x1000, 0x1800, 0x2000] as [UInt64] {
            #expect(offset(table, address) == nil)
        }
        #expect(table.addresses == 0x1000..<0x2000)
    }

    @Test func boundsTheInstructions() {
        let table = FrameTable(writer().section)
        guard case .malformed = table.row(at: 0x2050, instructionLimit: 1) else {
            Issue.record("two instructions were run")
            return
        }
        #expect(offset(table, 0x2050) == 16)
    }

    @Test func hasNoAddressesWithoutFunctions() {
        #expect(FrameTable(FrameWriter().section).addresses == nil)
    }

    @Test func remembersTheLastInitialRowOnly() {
        var writer = FrameWriter()
        let first = writer.addCommon()
        let second = writer.addCommon(instructions: [0x0c, 7, 16])
        var cache = InitialRowCache()
        func frameAddress(_ offset: Int) -> FrameAddressRule? {
            cache.row(writer.section, at: UInt64(offset))?.row.frameAddress
        }
        #expect(frameAddress(first) == .register(7, 8))
        #expect(frameAddress(second) == .register(7, 16))
        #expect(frameAddress(first) == .register(7, 8))
        #expect(frameAddress(1) == nil)
    }
}
