// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct RaisedRatesTests {
    private func rate(_ hertz: Double) -> SamplingRate { SamplingRate(hertz: hertz) }

    @Test func nothingIsRaisedAtFirst() {
        #expect(RaisedRates().highest == nil)
    }

    @Test func theHighestHoldsAndFallsBackInAnyOrder() {
        var rates = RaisedRates()
        let low = rates.begin(rate(49))
        let high = rates.begin(rate(499))
        let middle = rates.begin(rate(199))
        #expect(rates.highest == rate(499))
        rates.end(high)
        #expect(rates.highest == rate(199))
        rates.end(low)
        #expect(rates.highest == rate(199))
        rates.end(middle)
        #expect(rates.highest == nil)
    }

    @Test func equalRatesAreRequestsOfTheirOwn() {
        var rates = RaisedRates()
        let first = rates.begin(rate(99))
        let second = rates.begin(rate(99))
        rates.end(first)
        rates.end(first)
        #expect(rates.highest == rate(99))
        rates.end(second)
        #expect(rates.highest == nil)
    }
}
