// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct CallDurationsTests {
    @Test("a time on a bound is at most that bound, and the last bucket has no bound")
    func bounds() {
        var durations = CallDurations()
        durations.count(1, seconds: 0)
        durations.count(2, seconds: 0.000_1)
        durations.count(3, seconds: 0.000_100_1)
        durations.count(4, seconds: 5)
        durations.count(5, seconds: 3_600)
        #expect(durations.bucketCounts == [3, 3, 0, 0, 0, 0, 0, 4, 5])
        #expect(durations.count == 15)
    }

    @Test("what was counted elsewhere is added, sums too")
    func merge() {
        var durations = CallDurations(sumSeconds: 0.5)
        durations.count(1, seconds: 0.1)
        var other = CallDurations(sumSeconds: 0.25)
        other.count(2, seconds: 0.1)
        durations.merge(other)
        #expect(durations.bucketCounts == [0, 0, 0, 0, 0, 3, 0, 0, 0])
        #expect(durations.sumSeconds == 0.75)
    }
}
