// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct VisitBudgetTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func targetIsLeftAloneUntilItHasRunEnough() {
        var budget = VisitBudget(limits: .init(cpuCount: 1))
        var target = PauseAllowance()
        #expect(budget.permits(target, nowNanoseconds: 0) == .granted)
        budget.charge(&target, pauseNanoseconds: 100_000, nowNanoseconds: 0)
        // 100 us at 0.2 % is 50 ms of the target's own CPU time; wall time pays nothing back.
        #expect(budget.permits(target, nowNanoseconds: Self.second) == .refused)
        budget.credit(&target, cpuNanoseconds: 49_000_000)
        #expect(budget.permits(target, nowNanoseconds: Self.second) == .refused)
        budget.credit(&target, cpuNanoseconds: 1_000_001)
        #expect(budget.permits(target, nowNanoseconds: Self.second) == .granted)
    }

    @Test func chargesWhatTheTargetLosesBesideThePause() {
        var budget = VisitBudget(limits: .init(pauseShare: 0.01, cpuCount: 1))
        var target = PauseAllowance()
        budget.credit(&target, cpuNanoseconds: 10_000_000)
        budget.charge(
            &target,
            pauseNanoseconds: 99_000,
            unseenNanoseconds: 5_000,
            nowNanoseconds: 0
        )
        #expect(budget.permits(target, nowNanoseconds: 0) == .refused)
        budget.credit(&target, cpuNanoseconds: 400_000)
        #expect(budget.permits(target, nowNanoseconds: 0) == .granted)
    }

    @Test func savingsAreBoundedToASecond() {
        let budget = VisitBudget(limits: .init(cpuCount: 1))
        var target = PauseAllowance()
        for _ in 0..<100 { budget.credit(&target, cpuNanoseconds: 100 * Self.second) }
        #expect(target.nanoseconds == 2_000_000)
    }

    @Test func overlongPausesAreCounted() {
        var budget = VisitBudget(
            limits: .init(cpuCount: 1, maximumPauseNanoseconds: 1_000)
        )
        var target = PauseAllowance()
        for pause in [999, 1_000, 1_001] as [UInt64] {
            budget.charge(
                &target,
                pauseNanoseconds: pause,
                nowNanoseconds: 0
            )
        }
        #expect(budget.overlongPauses == 1)
    }

    @Test func targetWithLongPausesIsLeftAlone() {
        var budget = VisitBudget(
            limits: .init(pauseShare: 1, cpuCount: 1, maximumPauseNanoseconds: 1_000)
        )
        var target = PauseAllowance()
        for _ in 0...PauseBackOff.tolerated {
            #expect(budget.permits(target, nowNanoseconds: 0) == .granted)
            budget.credit(&target, cpuNanoseconds: 1_001)
            budget.charge(&target, pauseNanoseconds: 1_001, nowNanoseconds: 0)
        }
        #expect(budget.permits(target, nowNanoseconds: 249_000_000) == .leftAlone)
        #expect(budget.permits(target, nowNanoseconds: 250_000_000) == .granted)
    }

    /// Asked as often as can be, with pauses at random, a target is held for its share and no more.
    @Test(arguments: [0.002, 0.01])
    func timeHeldIsTheShareAndAtMostOneVisit(share: Double) throws {
        var generator = SplitMix64(seed: 11)
        var budget = VisitBudget(
            limits: .init(pauseShare: share, cpuCount: 1)
        )
        var target = PauseAllowance()
        var now: UInt64 = 0
        var ran: UInt64 = 0
        var held: UInt64 = 0
        for _ in 0..<200_000 {
            now += 1_000_000
            let run = UInt64.random(in: 0...1_000_000, using: &generator)
            ran += run
            budget.credit(&target, cpuNanoseconds: run)
            guard budget.permits(target, nowNanoseconds: now) == .granted else { continue }
            let pause = UInt64.random(in: 20_000...200_000, using: &generator)
            held += pause
            budget.charge(
                &target,
                pauseNanoseconds: pause,
                nowNanoseconds: now
            )
            try #require(Double(held) <= Double(ran) * share + 200_000)
        }
        #expect(Double(held) >= Double(ran) * share - 200_000)
    }

    @Test("a window may cost what visits leave over, and is paid for like them")
    func windows() {
        var budget = VisitBudget(limits: .init(pauseShare: 0.002, cpuCount: 1))
        var target = PauseAllowance()
        #expect(budget.windowGrant(target, nowNanoseconds: 0) == 0)
        budget.credit(&target, cpuNanoseconds: 600_000_000)
        #expect(budget.windowGrant(target, nowNanoseconds: 0) == 0, "visits need half of it")
        budget.credit(&target, cpuNanoseconds: 400_000_000)
        #expect(budget.windowGrant(target, nowNanoseconds: 0) == 1_000_000)
        budget.chargeWindow(
            &target,
            heldNanoseconds: 1_500_000,
            longestNanoseconds: 20_000,
            nowNanoseconds: 0
        )
        #expect(target.nanoseconds == 500_000)
        #expect(budget.overlongPauses == 0)
        #expect(budget.windowGrant(target, nowNanoseconds: 0) == 0)
        budget.chargeWindow(
            &target,
            heldNanoseconds: 11_000_000,
            longestNanoseconds: 10_500_000,
            nowNanoseconds: 0
        )
        #expect(budget.overlongPauses == 1)
        #expect(budget.permits(target, nowNanoseconds: 0) == .refused)
    }

    @Test("without a limit a window has one")
    func windowsWithoutLimit() {
        let budget = VisitBudget(limits: .init(pauseShare: 1, cpuCount: 1))
        var target = PauseAllowance()
        budget.credit(&target, cpuNanoseconds: 1_000_000_000)
        #expect(budget.windowGrant(target, nowNanoseconds: 0) == 20_000_000)
    }
}
