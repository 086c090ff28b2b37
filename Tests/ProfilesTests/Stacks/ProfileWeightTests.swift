// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite
struct ProfileWeightTests {
    @Test func timeDecidesAndThenSamples() {
        let light = ProfileWeight(samples: 9, nanoseconds: 1)
        let heavy = ProfileWeight(samples: 1, nanoseconds: 2)
        #expect(light < heavy)
        #expect(heavy < ProfileWeight(samples: 2, nanoseconds: 2))
    }

    @Test func addsBothAndStopsAtTheLargest() {
        var weight = ProfileWeight(samples: 1, nanoseconds: UInt64.max)
        weight += ProfileWeight(samples: 2, nanoseconds: 3)
        #expect(weight == ProfileWeight(samples: 3, nanoseconds: UInt64.max))
    }

    @Test func saysHowMuchIsIncomplete() {
        var fixture = StackFixture()
        fixture.add("f", samples: 3)
        fixture.add("f", samples: 2, end: .broken(.noRule))
        fixture.add("f", samples: 4, end: .truncated(.otherStack))
        let profile = fixture.build()
        #expect(profile.weight == ProfileWeight(samples: 9, nanoseconds: 90))
        #expect(profile.incompleteWeight == ProfileWeight(samples: 6, nanoseconds: 60))
    }
}
