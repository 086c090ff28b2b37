// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite("PauseHistogram")
struct HistogramTests {
    @Test("has eleven rising bounds from 50 us to 100 ms, and one bucket above them")
    func bounds() {
        let bounds = PauseHistogram.upperBoundsSeconds
        #expect(bounds.count == 11)
        #expect(bounds.first == 0.000_05)
        #expect(bounds.last == 0.1)
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        #expect(PauseHistogram.bucketCount == bounds.count + 1)
        #expect(PauseHistogram().bucketCounts.count == PauseHistogram.bucketCount)
    }

    @Test(
        "counts a time in the first bucket whose bound is not below it",
        arguments: [
            (0.0, 0), (0.000_05, 0), (0.000_050_1, 1), (0.001, 4), (0.001_1, 5), (0.1, 10),
            (0.100_1, 11), (3600.0, 11),
        ]
    )
    func buckets(seconds: Double, index: Int) {
        var histogram = PauseHistogram()
        histogram.add(seconds: seconds)
        var expected = [UInt64](repeating: 0, count: PauseHistogram.bucketCount)
        expected[index] = 1
        #expect(histogram.bucketCounts == expected)
        #expect(histogram.sumSeconds == seconds)
        #expect(histogram.count == 1)
    }

    @Test(
        "leaves out what no clock can give",
        arguments: [-0.001, Double.nan, .infinity, -.infinity]
    )
    func impossible(seconds: Double) {
        var histogram = PauseHistogram()
        histogram.add(seconds: seconds)
        #expect(histogram == PauseHistogram())
    }

    @Test("merging is the same as adding everything to one")
    func merge() {
        var left = PauseHistogram()
        var right = PauseHistogram()
        var both = PauseHistogram()
        for seconds in [0.25, 0.000_03] {
            left.add(seconds: seconds)
            both.add(seconds: seconds)
        }
        right.add(seconds: 0.5)
        both.add(seconds: 0.5)
        left.merge(right)
        #expect(left == both)
        #expect(left.count == 3)
        #expect(left != right)
    }

    @Test("a copy is a snapshot")
    func copy() {
        var histogram = PauseHistogram()
        let before = histogram
        histogram.add(seconds: 0.01)
        #expect(before.count == 0)
        #expect(histogram.count == 1)
    }
}
