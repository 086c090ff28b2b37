// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ForwardDecayTests {
    @Test func growthDoublesInAHalfLife() {
        var decay = ForwardDecay(halfLifeNanoseconds: 100)
        #expect(decay.advance(toNanoseconds: 1_000) == nil)
        #expect(decay.growth == 1)
        for (now, growth) in [(1_050, 1.5), (1_100, 2), (1_150, 3), (1_400, 16)] {
            #expect(decay.advance(toNanoseconds: UInt64(now)) == nil)
            #expect(decay.growth == growth)
        }
    }

    @Test func scalingKeepsRatios() {
        var decay = ForwardDecay(halfLifeNanoseconds: 100)
        _ = decay.advance(toNanoseconds: 0)
        let factor = decay.advance(toNanoseconds: 6_450)
        // 64 half-lives and a half: an old unit against a new one is 2^-64 to 1.5.
        #expect(factor == Double(sign: .plus, exponent: -64, significand: 1))
        #expect(decay.growth == 1.5)
    }

    @Test func neitherALongSleepNorABackwardClockBreaksIt() {
        var decay = ForwardDecay(halfLifeNanoseconds: 1)
        _ = decay.advance(toNanoseconds: 5)
        #expect(decay.advance(toNanoseconds: 2) == nil)
        let factor = decay.advance(toNanoseconds: .max)
        #expect(factor?.isFinite == true)
        #expect(decay.growth == 1)
    }
}
