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

    /// A plan whose first window may open.
    private func earned(share: Double = 0.01, seconds: UInt64 = 10) -> CallWindowPlan {
        var plan = plan(share: share, seconds: seconds)
        #expect(delay(&plan, at: Self.second) == 0)
        return plan
    }

    private func delay(_ plan: inout CallWindowPlan, at now: UInt64) -> UInt64 {
        plan.delayNanoseconds(nowNanoseconds: now)
    }

    @Test("the first window has to be earned as well")
    func first() {
        var plan = plan()
        // A twentieth of 1 % of 10 s.
        #expect(plan.windowNanoseconds == 5_000_000)
        #expect(delay(&plan, at: 0) == Self.second / 2)
        #expect(delay(&plan, at: Self.second / 2) == 0)
    }

    @Test("a window that cost all it might is followed by as long a time as earns it back")
    func dear() {
        var plan = earned()
        plan.charge(heldNanoseconds: 5_000_000)
        #expect(delay(&plan, at: Self.second) == Self.second / 2)
        #expect(delay(&plan, at: Self.second * 5 / 4) == Self.second / 4)
        #expect(delay(&plan, at: Self.second * 3 / 2) == 0)
    }

    @Test("a window that was too dear is paid off")
    func tooDear() {
        var plan = earned()
        plan.charge(heldNanoseconds: 10_000_000)
        #expect(delay(&plan, at: Self.second) == Self.second)
    }

    @Test("a window that cost less than its time earned is followed at once")
    func cheap() {
        var plan = earned()
        plan.charge(heldNanoseconds: 1_000)
        #expect(delay(&plan, at: 2 * Self.second) == 0)
    }

    @Test("no more is saved than one window")
    func saving() {
        var plan = earned()
        #expect(delay(&plan, at: 100 * Self.second) == 0)
        plan.charge(heldNanoseconds: 5_000_000)
        #expect(delay(&plan, at: 100 * Self.second) == Self.second / 2)
    }

    @Test(
        "a window has its limits, however long or short the time",
        arguments: [(1, 500_000), (100_000, 20_000_000)] as [(UInt64, UInt64)]
    )
    func limits(seconds: UInt64, nanoseconds: UInt64) {
        #expect(plan(seconds: seconds).windowNanoseconds == nanoseconds)
    }

    @Test("without a share there is no window")
    func nothing() {
        var plan = plan(share: 0)
        #expect(delay(&plan, at: Self.second) == .max)
    }
}
