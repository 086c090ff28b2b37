// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct RateGovernorTests {
    private func governor(_ hertz: Double = 96) -> RateGovernor {
        RateGovernor(SamplingRate(hertz: hertz))
    }

    private func count(_ granted: Int, _ refused: Int, in governor: inout RateGovernor) {
        for _ in 0..<granted { governor.countVisit(isGranted: true) }
        for _ in 0..<refused { governor.countVisit(isGranted: false) }
    }

    @Test(arguments: [
        // Granted, refused, and the rate that 96 a second becomes.
        (96, 0, 96.0), (95, 1, 96.0), (90, 6, 96.0), (72, 24, 72.0), (48, 48, 48.0),
        (10, 86, 48.0), (0, 96, 48.0), (3, 4, 96.0), (0, 0, 96.0),
    ])
    func followsTheRefusals(granted: Int, refused: Int, hertz: Double) {
        var governor = governor()
        count(granted, refused, in: &governor)
        governor.review(periodNanoseconds: 1_000_000_000)
        #expect(governor.inForce.hertz == hertz)
    }

    @Test func comesBackWhenNothingIsRefused() {
        var governor = governor()
        count(0, 96, in: &governor)
        governor.review(periodNanoseconds: 1_000_000_000)
        count(48, 0, in: &governor)
        governor.review(periodNanoseconds: 1_000_000_000)
        #expect(governor.inForce.hertz == 48 * RateGovernor.rise)
        for _ in 0..<20 { governor.review(periodNanoseconds: 1_000_000_000) }
        #expect(governor.inForce.hertz == 96)
    }

    @Test func neverFallsBelowItsPart() {
        var governor = governor()
        for _ in 0..<50 {
            count(0, 100, in: &governor)
            governor.review(periodNanoseconds: 1_000_000_000)
        }
        #expect(governor.inForce.hertz == 6)
    }

    @Test func aRaiseComesAndGoesAndLeavesTheUsualRateAsItWas() {
        var governor = governor()
        count(48, 48, in: &governor)
        governor.review(periodNanoseconds: 1_000_000_000)
        #expect(governor.inForce.hertz == 48)
        governor.raise(to: SamplingRate(hertz: 960))
        #expect(governor.configured.hertz == 960)
        #expect(governor.inForce.hertz == 480)
        // The budgets have no room for it at all.
        for _ in 0..<20 {
            count(0, 500, in: &governor)
            governor.review(periodNanoseconds: 1_000_000_000)
        }
        #expect(governor.inForce.hertz == 60)
        governor.raise(to: SamplingRate(hertz: 192))
        governor.raise(to: nil)
        #expect(governor.configured.hertz == 96)
        #expect(governor.inForce.hertz == 48)
    }

    @Test func aRaiseToLessThanTheUsualRateIsNone() {
        var governor = governor()
        governor.raise(to: SamplingRate(hertz: 19))
        #expect(governor.inForce.hertz == 96)
        // Another usual rate meanwhile can make it one.
        governor.configure(SamplingRate(hertz: 10))
        #expect(governor.inForce.hertz == 19)
        governor.raise(to: nil)
        #expect(governor.inForce.hertz == 10)
    }

    @Test func keepsTooLittleEvidenceForTheNextPeriod() {
        var governor = governor()
        for _ in 0..<2 {
            count(2, 2, in: &governor)
            governor.review(periodNanoseconds: 1_000_000_000)
        }
        #expect(governor.inForce.hertz == 48)
    }

    @Test func settlesWhereTheBudgetIs() {
        // A budget of 40 visits a second, at whatever rate they are wanted.
        var governor = governor(99)
        for _ in 0..<100 {
            let wanted = Int(governor.inForce.hertz)
            count(min(wanted, 40), max(0, wanted - 40), in: &governor)
            governor.review(periodNanoseconds: 1_000_000_000)
        }
        #expect((38...46).contains(governor.inForce.hertz))
    }

    @Test func followsTheGreaterOfTheRefusals() {
        var governor = governor()
        count(9, 1, in: &governor)
        for tick in 0..<96 { governor.countTick(isGranted: tick >= 24) }
        governor.review(periodNanoseconds: 1_000_000_000)
        #expect(governor.inForce.hertz == 72)
    }

    @Test func risesOnlyWhenNeitherRefuses() {
        var governor = governor()
        count(0, 96, in: &governor)
        governor.review(periodNanoseconds: 1_000_000_000)
        count(48, 0, in: &governor)
        for tick in 0..<48 { governor.countTick(isGranted: tick >= 2) }
        governor.review(periodNanoseconds: 1_000_000_000)
        #expect(governor.inForce.hertz == 48)
    }

    @Test func tellsForHowLongAndWhy() {
        var governor = governor()
        governor.review(periodNanoseconds: 1_000)
        #expect(governor.throttledNanoseconds.total == 0)
        for tick in 0..<96 { governor.countTick(isGranted: tick >= 48) }
        governor.review(periodNanoseconds: 1_000)
        governor.review(periodNanoseconds: 100)
        #expect(governor.throttledNanoseconds[.cpuBudget] == 1_100)
        count(0, 96, in: &governor)
        governor.review(periodNanoseconds: 10)
        governor.review(periodNanoseconds: 1)
        #expect(governor.throttledNanoseconds[.cpuBudget] == 1_110)
        #expect(governor.throttledNanoseconds[.pauseBudget] == 1)
    }
}
