// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindRuleTests {
    private static let all: [UnwindRule.Saved] = [
        .same, .lost, .atFrameAddress(-16), .atFrameAddress(Int16.min), .atRegister(Int16.max),
    ]

    @Test(arguments: all, all)
    func keepsWhatItIsMadeOf(framePointer: UnwindRule.Saved, base: UnwindRule.Saved) {
        let rule = UnwindRule(
            .load,
            register: 6,
            offset: Int32.min,
            addend: Int32.max,
            framePointer,
            base,
            unchanged: 0b1010
        )
        #expect(rule.kind == .load)
        #expect(rule.register == 6)
        #expect(rule.offset == Int32.min)
        #expect(rule.addend == Int32.max)
        #expect(rule.framePointer == framePointer)
        #expect(rule.base == base)
        #expect(rule.unchanged == 1 << 13 | 1 << 15)
    }

    @Test func takes16Bytes() {
        #expect(MemoryLayout<UnwindRule>.stride == 16)
    }

    @Test func rulesOfOneFunctionHaveFingerprintsOfTheirOwn() {
        let offsets = stride(from: Int32(8), through: 256, by: 8)
        let fingerprints = offsets.map {
            UnwindRule(.register, register: 7, offset: $0, .same, .same, unchanged: 0).fingerprint
        }
        #expect(Set(fingerprints).count == fingerprints.count)
    }

    @Test func otherKindsSayNoMore() {
        #expect(UnwindRule(.gap) != UnwindRule(.outermost))
        #expect(UnwindRule(.slow).unchanged == 0)
    }
}
