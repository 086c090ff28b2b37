// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct StickyAdmissionTests {
    private static let minute: UInt64 = 60_000_000_000

    private func admission(slots: Int, warmUp: UInt64 = 0) -> StickyAdmission<String> {
        StickyAdmission(limits: StickyLimits(slots: slots, warmUpNanoseconds: warmUp))
    }

    private func keys(_ admission: StickyAdmission<String>) -> Set<String> {
        Set(admission.slots.compactMap { $0?.key })
    }

    @Test func heaviestOfTheFirstPeriodAreAdmittedNotTheFirst() {
        var admission = admission(slots: 2)
        for (key, weight) in [("a", 1.0), ("b", 2), ("c", 9), ("d", 5)] {
            #expect(admission.observe(key, weight: weight) == .candidate(forgotten: nil))
        }
        #expect(keys(admission).isEmpty)
        _ = admission.rank(nowNanoseconds: 0)
        #expect(keys(admission) == ["c", "d"])
    }

    @Test func warmUpAdmitsNobody() {
        var admission = admission(slots: 1, warmUp: Self.minute)
        _ = admission.observe("early", weight: 1)
        #expect(admission.rank(nowNanoseconds: 5) == nil)
        _ = admission.observe("late", weight: 2)
        #expect(admission.rank(nowNanoseconds: 4 + Self.minute) == nil)
        #expect(
            admission.rank(nowNanoseconds: 5 + Self.minute) == [.admitted(slot: 0, key: "late")]
        )
    }

    @Test(arguments: [(3.9, false), (4.0, true), (40.0, true)])
    func candidateNeedsFourTimesTheWeight(weight: Double, replaces: Bool) {
        var admission = admission(slots: 1)
        _ = admission.observe("old", weight: 1)
        _ = admission.rank(nowNanoseconds: 0)
        _ = admission.observe("new", weight: weight)
        let changes = admission.rank(nowNanoseconds: 1)
        #expect(
            changes == (replaces ? [.vacated(slot: 0), .admitted(slot: 0, key: "new")] : [])
        )
        #expect(admission.slotIndex(of: "old") == (replaces ? nil : 0))
    }

    @Test func weightsHalveEveryFiveMinutes() {
        var admission = admission(slots: 1)
        _ = admission.observe("old", weight: 8)
        _ = admission.rank(nowNanoseconds: 0)
        _ = admission.rank(nowNanoseconds: 10 * Self.minute)
        _ = admission.observe("new", weight: 7.9)
        #expect(admission.rank(nowNanoseconds: 10 * Self.minute) == [])
        _ = admission.observe("new", weight: 0.2)
        #expect(admission.rank(nowNanoseconds: 10 * Self.minute)?.count == 2)
    }

    @Test func displacedKeyMustEarnItsPlaceAgain() {
        var admission = admission(slots: 1)
        _ = admission.observe("old", weight: 1)
        _ = admission.rank(nowNanoseconds: 0)
        _ = admission.observe("new", weight: 4)
        _ = admission.rank(nowNanoseconds: 1)
        _ = admission.observe("old", weight: 14)
        #expect(admission.rank(nowNanoseconds: 2) == [])
        _ = admission.observe("old", weight: 2)
        #expect(admission.rank(nowNanoseconds: 3)?.count == 2)
    }

    @Test func slotVanishesAfterAnIdleHourAndNotBefore() {
        var admission = admission(slots: 2)
        _ = admission.observe("idle", weight: 100)
        _ = admission.observe("busy", weight: 1)
        _ = admission.rank(nowNanoseconds: 0)
        for minutes in 1..<60 {
            _ = admission.observe("busy", weight: 0)
            #expect(admission.rank(nowNanoseconds: UInt64(minutes) * Self.minute) == [])
        }
        _ = admission.observe("busy", weight: 0)
        let slot = admission.slotIndex(of: "idle") ?? -1
        #expect(admission.rank(nowNanoseconds: 60 * Self.minute) == [.vacated(slot: slot)])
        #expect(keys(admission) == ["busy"])
    }

    @Test func onlyCandidatesSeenInThisWindowAreAdmitted() {
        var admission = admission(slots: 1)
        _ = admission.observe("first", weight: 10)
        _ = admission.observe("second", weight: 5)
        _ = admission.rank(nowNanoseconds: 0)
        #expect(admission.rank(nowNanoseconds: 60 * Self.minute) == [.vacated(slot: 0)])
        #expect(admission.rank(nowNanoseconds: 61 * Self.minute) == [])
        _ = admission.observe("second", weight: 0)
        #expect(admission.rank(nowNanoseconds: 62 * Self.minute)?.count == 1)
    }

    @Test func candidatesAreBoundedAndInheritedWeightAdmitsNobody() {
        var admission = admission(slots: 1)
        _ = admission.observe("slot", weight: 1)
        _ = admission.rank(nowNanoseconds: 0)
        // Each new key inherits the lightest candidate's weight; for certain each has 1.
        for number in 0..<1_000 { _ = admission.observe("k\(number)", weight: 1) }
        #expect(admission.candidateCount == admission.limits.candidates)
        #expect(admission.rank(nowNanoseconds: 1) == [])
    }

    @Test func weightThatIsNoNumberCountsAsNone() {
        var admission = admission(slots: 1)
        for weight in [Double.nan, .infinity, -5] { _ = admission.observe("a", weight: weight) }
        _ = admission.observe("b", weight: 0.1)
        _ = admission.rank(nowNanoseconds: 0)
        #expect(keys(admission) == ["b"])
    }

    @Test func backwardClockStandsStill() {
        var admission = admission(slots: 1)
        _ = admission.observe("a", weight: 1)
        _ = admission.rank(nowNanoseconds: 1_000)
        #expect(admission.rank(nowNanoseconds: 5) == [])
        #expect(keys(admission) == ["a"])
    }
}
