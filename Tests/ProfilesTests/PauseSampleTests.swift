// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct PauseSampleTests {
    @Test func hasNoQuantileOfNothing() {
        #expect(PauseSample().quantile(0.99) == nil)
    }

    @Test func givesExactQuantiles() {
        var pauses = PauseSample()
        for value in (1...100).reversed() { pauses.add(nanoseconds: UInt64(value)) }
        #expect(pauses.quantile(0.5) == 50)
        #expect(pauses.quantile(0.99) == 99)
        #expect(pauses.quantile(1) == 100)
        #expect(pauses.quantile(0) == 1)
        #expect(pauses.quantile(1.5) == nil)
        #expect(pauses.count == 100)
        #expect(pauses.totalNanoseconds == 5_050)
        #expect(pauses.longestNanoseconds == 100)
    }

    @Test func keepsAFairSampleBeyondItsLimit() throws {
        var pauses = PauseSample(limit: 1_000)
        for value in 1...100_000 { pauses.add(nanoseconds: UInt64(value)) }
        #expect(pauses.count == 100_000)
        #expect(pauses.longestNanoseconds == 100_000)
        let median = try #require(pauses.quantile(0.5))
        // Five standard errors of a median of 1,000.
        #expect((42_000...58_000).contains(median))
    }
}
