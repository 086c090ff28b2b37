// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct CallWindowPlanTests {
    private static let second: UInt64 = 1_000_000_000

    private func plan(share: Double = 0.01, seconds: UInt64 = 10) -> CallWindowPlan {
        CallWindowPlan(
            share: share,
            durationNanoseconds: seconds * Self.second,
            nowNanoseconds: 0
        )
    }

    @Test("the first window may open at once")
    func first() {
        var plan = plan()
        let delay1 = plan.delayNanoseconds(nowNanoseconds: 0)
        #expect(delay1 == 0)
    }

    @Test("a window that cost all it might is followed by as long a time as earns it back")
    func dear() {
        var plan = plan()
        // A twentieth of 1 % of 10 s.
        #expect(plan.windowNanoseconds == 5_000_000)
        plan.charge(heldNanoseconds: 5_000_000)
        let delay2 = plan.delayNanoseconds(nowNanoseconds: 0)
        #expect(delay2 == Self.second / 2)
        let delay3 = plan.delayNanoseconds(nowNanoseconds: Self.second / 4)
        #expect(delay3 == Self.second / 4)
        let delay4 = plan.delayNanoseconds(nowNanoseconds: Self.second / 2)
        #expect(delay4 == 0)
    }

    @Test("a window that was too dear is paid off")
    func tooDear() {
        var plan = plan()
        plan.charge(heldNanoseconds: 10_000_000)
        let delay5 = plan.delayNanoseconds(nowNanoseconds: 0)
        #expect(delay5 == Self.second)
    }

    @Test("a window that cost less than its time earned is followed at once")
    func cheap() {
        var plan = plan()
        plan.charge(heldNanoseconds: 1_000)
        let delay6 = plan.delayNanoseconds(nowNanoseconds: Self.second)
        #expect(delay6 == 0)
    }

    @Test("no more is saved than one window")
    func saving() {
        var plan = plan()
        let delay7 = plan.delayNanoseconds(nowNanoseconds: 100 * Self.second)
        #expect(delay7 == 0)
        plan.charge(heldNanoseconds: 5_000_000)
        let delay8 = plan.delayNanoseconds(nowNanoseconds: 100 * Self.second)
        #expect(delay8 == Self.second / 2)
    }

    @Test(
        "a window has its limits, however long or short the time",
        arguments: [
            (1, 500_000), (100_000, 20_000_000),
        ] as [(UInt64, UInt64)]
    )
    func limits(seconds: UInt64, nanoseconds: UInt64) {
        #expect(plan(seconds: seconds).windowNanoseconds == nanoseconds)
    }

    @Test("without a share there is one window")
    func nothing() {
        var plan = plan(share: 0)
        let delay9 = plan.delayNanoseconds(nowNanoseconds: 0)
        #expect(delay9 == 0)
        plan.charge(heldNanoseconds: 1)
        let delay10 = plan.delayNanoseconds(nowNanoseconds: Self.second)
        #expect(delay10 == .max)
    }
}
