// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct SamplingScheduleTests {
    private let rate = SamplingRate(hertz: 100)
    private let period: UInt64 = 10_000_000

    @Test func everyPeriodHasOnePointAnywhereInIt() throws {
        var schedule = SamplingSchedule(rate: rate, startNanoseconds: 500, seed: 1)
        var now: UInt64 = 0
        var quarters = [0, 0, 0, 0]
        for index in 0..<10_000 as Range<UInt64> {
            now = schedule.next(afterNanoseconds: now).nanoseconds
            let start = 500 + index * period
            try #require(start <= now && now < start + period)
            quarters[Int((now - start) * 4 / period)] += 1
        }
        #expect(quarters.allSatisfy { (2_300...2_700).contains($0) })
        #expect(schedule.ticks == 10_000)
        #expect(schedule.missedTicks == 0)
    }

    @Test func equalSeedsGiveEqualSchedules() {
        var first = SamplingSchedule(rate: rate, startNanoseconds: 0, seed: 7)
        var second = first
        var third = SamplingSchedule(rate: rate, startNanoseconds: 0, seed: 8)
        let tick = first.next(afterNanoseconds: 0)
        #expect(second.next(afterNanoseconds: 0) == tick)
        #expect(third.next(afterNanoseconds: 0) != tick)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func lateTicksAreDroppedAndCounted(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var schedule = SamplingSchedule(rate: rate, startNanoseconds: 0, seed: seed)
        var now: UInt64 = 0
        for _ in 0..<2_000 {
            let tick = schedule.next(afterNanoseconds: now)
            try #require(tick.nanoseconds > now)
            try #require(tick.nanoseconds < now + 3 * period)
            // Every period up to the tick's is either given out or counted as missed.
            try #require(schedule.ticks + schedule.missedTicks == tick.nanoseconds / period + 1)
            now = tick.nanoseconds + UInt64.random(in: 0...(4 * period), using: &generator)
        }
        #expect(schedule.missedTicks > 0)
    }

    @Test func longSleepCostsNoLoop() {
        var schedule = SamplingSchedule(rate: .highest, startNanoseconds: 0, seed: 1)
        let year: UInt64 = 31_536_000_000_000_000
        let tick = schedule.next(afterNanoseconds: year)
        #expect(year < tick.nanoseconds && tick.nanoseconds < year + 200_000)
        #expect(schedule.missedTicks >= year / 100_000)
    }

    @Test func aFasterRateCanBeginAtOnce() {
        var schedule = SamplingSchedule(
            rate: SamplingRate(hertz: 0.1),
            startNanoseconds: 0,
            seed: 3
        )
        _ = schedule.next(afterNanoseconds: 0)
        schedule.rate = rate
        schedule.hasten(nowNanoseconds: 1_000)
        #expect(schedule.next(afterNanoseconds: 1_000).nanoseconds < 1_000 + 2 * period)
        // What begins earlier anyway is left as it is.
        var second = schedule
        second.hasten(nowNanoseconds: 60_000_000_000)
        #expect(
            second.next(afterNanoseconds: 1_000) == schedule.next(afterNanoseconds: 1_000)
        )
    }

    @Test func rateChangesWithTheNextPeriod() {
        var schedule = SamplingSchedule(rate: SamplingRate(hertz: 1), startNanoseconds: 0, seed: 1)
        let slow = schedule.next(afterNanoseconds: 0)
        schedule.rate = rate
        let quick = schedule.next(afterNanoseconds: slow.nanoseconds)
        #expect(slow.rate.hertz == 1)
        #expect(quick.rate == rate)
        #expect((1_000_000_000..<1_010_000_000).contains(quick.nanoseconds))
        #expect(schedule.missedTicks == 0)
    }

    @Test func lettingPointsPassComesToTheSameAsUsingThem() {
        let rate = SamplingRate(hertz: 100)
        var used = SamplingSchedule(rate: rate, startNanoseconds: 0, seed: 3)
        var passed = used
        for _ in 0..<5 { _ = used.next(afterNanoseconds: 0) }
        passed.pass(5)
        #expect(passed.ticks == used.ticks)
        #expect(passed.next(afterNanoseconds: 0) == used.next(afterNanoseconds: 0))
        #expect(passed.missedTicks == 0)
    }
}
