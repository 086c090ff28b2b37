// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameRowTests {
    @Test func keepsARuleForEachRegister() {
        var row = FrameRow()
        #expect(row.frameAddress == .unspecified)
        for number in 0..<UInt64(17) {
            #expect(row[number] == .unspecified)
            row[number] = .offset(Int64(number))
        }
        #expect(row[0] == .offset(0))
        #expect(row[16] == .offset(16))
    }

    @Test(arguments: [33, 255, UInt64(Int64.max), UInt64.max])
    func ignoresOtherRegisters(number: UInt64) {
        var row = FrameRow()
        row[number] = .sameValue
        #expect(row[number] == .unspecified)
    }

    @Test func expressionsHaveARange() {
        #expect(ExpressionBytes(offset: UInt32.max, byteCount: 2).range.count == 2)
    }
}
