// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameExpressionTests {
    /// Evaluates operations over a stack at 0x7000 whose words are their own addresses.
    private func evaluate(
        _ operations: [UInt8],
        initial: UInt64? = nil
    )
        -> FrameExpression.Outcome
    {
        let section = FrameSection(kind: .ehFrame, address: ImageAddress(0), bytes: operations)
        var registers = RegisterFile.innermost(stackPointer: 0x7000, programCounter: 0x123d)
        registers[12] = nil
        return StackFixture().with {
            FrameExpression.evaluate(
                ExpressionBytes(offset: 0, byteCount: UInt32(operations.count)),
                of: section,
                initial: initial,
                registers: registers,
                stack: $0
            )
        }
    }

    @Test(
        "Each operation",
        arguments: [
            ([0x30], 0), ([0x4f], 31),
            ([0x08, 0xff], 255), ([0x09, 0xff], UInt64.max),
            ([0x0a, 0xff, 0xff], 0xffff), ([0x0b, 0xfe, 0xff], UInt64.max - 1),
            ([0x0c] + little(UInt32.max), 0xffff_ffff),
            ([0x0d] + little(Int32(-3)), UInt64.max - 2),
            ([0x0e] + little(UInt64.max), UInt64.max), ([0x0f] + little(Int64(-4)), UInt64.max - 3),
            ([0x10] + uleb(300), 300), ([0x11] + sleb(-300), UInt64.max - 299),
            ([0x77, 8], 0x7008), ([0x73] + sleb(-1), 0xaa02), ([0x92, 7, 8], 0x7008),
            ([0x80, 0], 0x123d),
            ([0x31, 0x12, 0x22], 2), ([0x31, 0x32, 0x13], 1), ([0x31, 0x32, 0x14], 1),
            ([0x31, 0x32, 0x33, 0x15, 2], 1), ([0x38, 0x32, 0x16, 0x1c], UInt64.max - 5),
            // 1 2 3 becomes 3 1 2.
            ([0x31, 0x32, 0x33, 0x17], 2), ([0x31, 0x32, 0x33, 0x17, 0x13], 1),
            ([0x31, 0x32, 0x33, 0x17, 0x13, 0x13], 3),
            ([0x09, 0xfb, 0x19], 5), ([0x35, 0x19], 5), ([0x31, 0x1f], UInt64.max),
            ([0x30, 0x20], UInt64.max), ([0x31, 0x23, 0x7f], 128),
            ([0x3c, 0x3a, 0x1a], 8), ([0x09, 0xf8, 0x32, 0x1b], UInt64.max - 3),
            ([0x38, 0x33, 0x1c], 5), ([0x38, 0x33, 0x1d], 2), ([0x38, 0x33, 0x1e], 24),
            ([0x3c, 0x3a, 0x21], 14), ([0x38, 0x33, 0x22], 11), ([0x31, 0x33, 0x24], 8),
            ([0x38, 0x33, 0x25], 1), ([0x09, 0xf8, 0x31, 0x26], UInt64.max - 3),
            ([0x3c, 0x3a, 0x27], 6),
            ([0x31, 0x08, 64, 0x24], 0), ([0x31, 0x08, 64, 0x25], 0),
            ([0x09, 0xff, 0x08, 200, 0x26], UInt64.max),
            // The lowest number by -1.
            ([0x11] + sleb(Int64.min) + [0x09, 0xff, 0x1b], 1 << 63),
            ([0x31, 0x31, 0x29], 1), ([0x31, 0x32, 0x2a], 0), ([0x32, 0x31, 0x2b], 1),
            ([0x09, 0xff, 0x31, 0x2c], 1), ([0x31, 0x09, 0xff, 0x2d], 0), ([0x31, 0x32, 0x2e], 1),
            ([0x77, 16, 0x06], 0x7010), ([0x77, 16, 0x94, 1], 0x10), ([0x77, 16, 0x94, 8], 0x7010),
            ([0x35, 0x2f, 1, 0, 0x13], 5), ([0x35, 0x30, 0x28, 1, 0, 0x96], 5),
            ([0x35, 0x31, 0x28, 1, 0, 0x13], 5), ([0x35, 0x96], 5),
        ] as [([UInt8], UInt64)]
    )
    func operations(bytes: [UInt8], expected: UInt64) {
        #expect(evaluate(bytes) == .value(expected))
    }

    @Test func beginsWithTheFrameAddress() {
        #expect(evaluate([0x23, 8], initial: 0x7000) == .value(0x7008))
        #expect(evaluate([], initial: 0x7000) == .value(0x7000))
    }

    @Test(
        "What contradicts the format",
        arguments: [
            [], [0x12], [0x13, 0x30], [0x31, 0x14], [0x31, 0x16], [0x31, 0x32, 0x17],
            [0x31, 0x15, 1], [0x22], [0x31, 0x22], [0x31, 0x30, 0x1b], [0x31, 0x30, 0x1d], [0x06],
            [0x03, 1, 2, 3, 4, 5, 6, 7, 8], [0x50], [0x9f], [0xff], [0x08], [0x0e, 1, 2],
            [0x77], [0x77, 0x80], [0x77, 0, 0x94, 0], [0x77, 0, 0x94, 9],
            [0x2f, 1, 0], [0x2f, 0xff], [0x2f] + little(Int16(-4)), [0x2f] + little(Int16.max),
        ] as [[UInt8]]
    )
    func malformed(bytes: [UInt8]) {
        #expect(evaluate(bytes) == .failure(.malformed))
    }

    @Test func boundsLoopsAndDepth() {
        #expect(evaluate([0x2f] + little(Int16(-3))) == .failure(.malformed))
        let deep = [UInt8](repeating: 0x31, count: FrameExpression.depthLimit)
        #expect(evaluate(deep) == .value(1))
        #expect(evaluate(deep + [0x31]) == .failure(.malformed))
        #expect(evaluate([0x31, 0x2f] + little(Int16(-4))) == .failure(.malformed))
        let long = [0x31] + [UInt8](repeating: 0x96, count: FrameExpression.operationLimit)
        #expect(evaluate(long) == .failure(.malformed))
        #expect(evaluate(long.dropLast()) == .value(1))
    }

    @Test func saysWhatIsMissing() {
        #expect(evaluate([0x7c, 0]) == .failure(.unknownRegister(12)))
        #expect(evaluate([0x92] + uleb(UInt64.max) + [0]) == .failure(.unknownRegister(Int.max)))
        #expect(evaluate([0x77, 0x78, 0x06]) == .failure(.notCopied(address: 0x6ff8)))
        // The first reason counts.
        #expect(evaluate([0x7c, 0, 0x06]) == .failure(.unknownRegister(12)))
    }
}
