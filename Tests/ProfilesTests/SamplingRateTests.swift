// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct SamplingRateTests {
    @Test(
        arguments: [
            (19, 19), (0, 1.0 / 60), (-3, 1.0 / 60), (Double.nan, 1.0 / 60),
            (Double.infinity, 10_000), (20_000, 10_000), (-Double.infinity, 1.0 / 60),
        ] as [(Double, Double)]
    )
    func isHeldToItsRange(asked: Double, given: Double) {
        #expect(SamplingRate(hertz: asked).hertz == given)
    }

    @Test func periodIsRoundedToANanosecond() {
        #expect(SamplingRate(hertz: 19).periodNanoseconds == 52_631_579)
        #expect(SamplingRate.highest.periodNanoseconds == 100_000)
        #expect(SamplingRate.lowest.periodNanoseconds == 60_000_000_000)
        #expect(SamplingRate.lowest < SamplingRate.highest)
    }
}
