// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct TopPeriodTests {
    @Test func aPeriodBeginsWhereTheOneBeforeHasEnded() async {
        let period = TopPeriod()
        let recorder = Recorder()
        let began = MonotonicInstant.now()
        let first = await period.take(from: recorder)
        let second = await period.take(from: recorder)
        let lasted = MonotonicInstant.now().nanoseconds(since: began)
        #expect(second.profile.startNanoseconds >= first.profile.startNanoseconds)
        #expect(second.profile.durationNanoseconds > 0)
        #expect(second.profile.durationNanoseconds <= lasted)
    }
}
