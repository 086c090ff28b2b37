// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameExecutionTests {
    /// The row after instructions, which follow the rules of a function's entry; nil if malformed.
    private func row(
        _ instructions: [UInt8],
        common: [UInt8] = FrameWriter.entryRules
    ) throws
        -> FrameRow?
    {
        var writer = FrameWriter()
        writer.addCommon(instructions: common)
        writer.addFunction(at: 0x1000, byteCount: 0x100, instructions: instructions)
        let table = FrameTable(writer.section)
        guard
            case .row(let row, _) = table.row(at: 0x10ff, instructionLimit: 1000)
        else { return nil }
        return row
    }

    @Test(
        "The rule of a register",
        arguments: [
            ([0x83, 2], .offset(-16)), ([0x05, 3, 2], .offset(-16)),
            ([0x11, 3] + sleb(-2), .offset(16)), ([0x2f, 3, 2], .offset(16)),
            ([0x14, 3, 2], .valueOffset(-16)), ([0x15, 3] + sleb(-2), .valueOffset(16)),
            ([0x83, 2, 0x07, 3], .undefined), ([0x83, 2, 0x08, 3], .sameValue),
            ([0x09, 3, 12], .register(12)), ([0x09, 3] + uleb(1000), .register(255)),
            ([0x83, 2, 0xc3], .unspecified), ([0x83, 2, 0x06, 3], .unspecified),
            // Overflows wrap: the value is wrong, as the instruction is.
            ([0x05, 3] + uleb(UInt64.max), .offset(8)),
            ([0x2e, 99], .unspecified), ([0x2d], .unspecified), ([0], .unspecified),
        ] as [([UInt8], RegisterRule)]
    )
    func registerRules(instructions: [UInt8], expected: RegisterRule) throws {
        #expect(try row(instructions)?[3] == expected)
    }

    @Test func expressionsAreWhereTheyLie() throws {
        let saved = try #require(try row([0x10, 3, 2, 0x77, 0x00]))
        let value = try #require(try row([0x16, 3, 2, 0x77, 0x00]))
        guard case .expression(let bytes) = saved[3], case .valueExpression(bytes) = value[3]
        else {
            Issue.record("\(saved[3]) and \(value[3])")
            return
        }
        #expect(bytes.byteCount == 2)
    }

    @Test(
        "The rule of the frame address",
        arguments: [
            ([0x0c, 6, 16], .register(6, 16)), ([0x12, 6] + sleb(-2), .register(6, 16)),
            ([0x0d, 3], .register(3, 8)), ([0x0e, 32], .register(7, 32)),
            ([0x13] + sleb(-4), .register(7, 32)), ([0x0c] + uleb(1000) + [8], .register(255, 8)),
        ] as [([UInt8], FrameAddressRule)]
    )
    func frameAddressRules(instructions: [UInt8], expected: FrameAddressRule) throws {
        #expect(try row(instructions)?.frameAddress == expected)
    }

    @Test func restoresWhatTheCommonEntrySaid() throws {
        let common = FrameWriter.entryRules + [0x83, 5]
        #expect(try row([0x83, 2, 0xc3], common: common)?[3] == .offset(-40))
    }

    @Test func otherColumnsAreSkipped() throws {
        let row = try row([0x05, 50, 2, 0x05] + uleb(UInt64.max) + [2, 0x0e, 16])
        #expect(row?.frameAddress == .register(7, 16))
    }

    @Test func setsTheLocation() throws {
        // The address is written relative to its own place, which the entry's length gives.
        var writer = FrameWriter()
        writer.addCommon()
        let place = writer.address + UInt64(writer.bytes.count) + 4 + 4 + 4 + 4 + 1 + 1
        let distance = little(UInt32(truncatingIfNeeded: 0x1080 &- place))
        writer.addFunction(
            at: 0x1000,
            byteCount: 0x100,
            instructions: [0x01] + distance + [0x0e, 16]
        )
        let table = FrameTable(writer.section)
        for (address, offset) in [(0x107f, 8), (0x1080, 16)] as [(UInt64, Int64)] {
            guard case .row(let row, _) = table.row(at: address, instructionLimit: 10) else {
                Issue.record("no row")
                return
            }
            #expect(row.frameAddress == .register(7, offset))
        }
    }
}
