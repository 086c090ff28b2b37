// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SpinAllowanceTests {
    private static let period = SpinAllowance.periodNanoseconds

    @Test("looking may take its share of each period")
    func share() {
        var allowance = SpinAllowance()
        let answer1 = allowance.permits(nowNanoseconds: Self.period)
        #expect(answer1)
        allowance.spend(nanoseconds: Self.period / 2)
        let answer2 = allowance.permits(nowNanoseconds: Self.period + Self.period / 2)
        #expect(answer2)
        allowance.spend(nanoseconds: Self.period / 10)
        let answer3 = allowance.permits(nowNanoseconds: Self.period + Self.period / 2)
        #expect(!answer3)
        let answer4 = allowance.permits(nowNanoseconds: 2 * Self.period - 1)
        #expect(!answer4)
        let answer5 = allowance.permits(nowNanoseconds: 2 * Self.period)
        #expect(answer5)
    }

    @Test("what a period leaves is not saved for the next")
    func saving() {
        var allowance = SpinAllowance()
        let answer6 = allowance.permits(nowNanoseconds: 10 * Self.period)
        #expect(answer6)
        allowance.spend(nanoseconds: 6 * Self.period / 10)
        let answer7 = allowance.permits(nowNanoseconds: 10 * Self.period)
        #expect(!answer7)
    }
}
