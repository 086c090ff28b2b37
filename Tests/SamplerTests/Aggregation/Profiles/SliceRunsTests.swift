// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct SliceRunsTests {
    private func share(
        _ name: String,
        _ slice: UInt16?,
        _ seconds: Double,
        samples: UInt64 = 1
    ) -> WindowShare<SampledStack> {
        let function = FunctionKey(symbol: name, object: "a")
        return WindowShare(
            key: SampledStack(function: function, stack: nil, slice: slice),
            seconds: seconds,
            samples: samples
        )
    }

    private func seconds(_ shares: [WindowShare<SampledStack>], _ slice: UInt16?) -> Double {
        shares.reduce(0) { $1.key.slice == slice ? $0 + $1.seconds : $0 }
    }

    @Test func eachPartHasWhatWasRunInIt() {
        var runs = SliceRuns()
        runs.add(nanoseconds: 1_000_000_000, in: 0)
        runs.add(nanoseconds: 3_000_000_000, in: 1)
        // By chance each part has as many samples.
        let parts = runs.divide([share("f", 0, 1), share("g", 0, 1), share("f", 1, 2)])
        #expect(abs(seconds(parts, 0) - 1) < 1e-9)
        #expect(abs(seconds(parts, 1) - 3) < 1e-9)
        #expect(parts.allSatisfy { $0.samples == 1 })
    }

    @Test func timeOfPartsWithoutASampleIsOfNone() {
        var runs = SliceRuns()
        runs.add(nanoseconds: 1_000_000_000, in: 0)
        runs.add(nanoseconds: 2_000_000_000, in: 1)
        runs.add(nanoseconds: 1_000_000_000, in: nil)
        let parts = runs.divide([share("f", 0, 3), share("g", 0, 1)])
        #expect(abs(seconds(parts, 0) - 1) < 1e-9)
        #expect(abs(seconds(parts, nil) - 3) < 1e-9)
        let samples = parts.reduce(0) { $0 + $1.samples }
        #expect(samples == 2)
    }

    @Test func theSumIsThatOfTheShares() {
        var runs = SliceRuns()
        runs.add(nanoseconds: 999_000_000, in: 0)
        runs.add(nanoseconds: 500_000_000, in: 3)
        let shares = [
            share("f", 0, 1), share("[kernel]", nil, 0.5, samples: 0), share("g", 3, 0.7),
        ]
        let parts = runs.divide(shares)
        #expect(abs(parts.reduce(0) { $0 + $1.seconds } - 2.2) < 1e-9)
        #expect(parts.contains(shares[1]))
    }

    @Test func withoutAnythingKnownItIsAsItWas() {
        let shares = [share("[unsampled]", nil, 1, samples: 0)]
        #expect(SliceRuns().divide(shares) == shares)
        var runs = SliceRuns()
        runs.add(nanoseconds: 0, in: 1)
        #expect(runs.divide([share("f", 0, 1)]) == [share("f", 0, 1)])
    }
}
