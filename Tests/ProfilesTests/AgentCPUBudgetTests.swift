// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct AgentCPUBudgetTests {
    private static let second: UInt64 = 1_000_000_000
    private static let millisecond: UInt64 = 1_000_000

    private func budget(_ limit: Double = 0.01) -> AgentCPUBudget {
        AgentCPUBudget(limit: limit, time: AgentCPUTime(), nowNanoseconds: 0)
    }

    private func sampling(_ nanoseconds: UInt64) -> AgentCPUTime {
        AgentCPUTime(samplingNanoseconds: nanoseconds)
    }

    @Test(arguments: [
        // CPU milliseconds in each of 100 seconds, and whether the budget has room at the end.
        (0, true), (9, true), (10, true), (12, false), (500, false),
    ])
    func comparesTheClockWithTheShare(milliseconds: UInt64, hasRoom: Bool) {
        var budget = budget()
        var answer = true
        for second in 1...100 as ClosedRange<UInt64> {
            answer = budget.update(
                sampling(second * milliseconds * Self.millisecond),
                nowNanoseconds: second * Self.second
            )
        }
        #expect(answer == hasRoom)
    }

    /// What a budget of 10 ms a second answers to readings of both clocks, in milliseconds.
    private func answers(_ readings: [(clock: UInt64, now: UInt64)]) -> [Bool] {
        var budget = budget()
        return readings.map {
            budget.update(
                sampling($0.clock * Self.millisecond),
                nowNanoseconds: $0.now * Self.millisecond
            )
        }
    }

    @Test func burstWithinTheSavingsIsLetPass() {
        // Ten seconds' worth, 100 ms, are saved, and 1 ms is earned meanwhile.
        #expect(answers([(0, 100_000), (101, 100_100), (103, 100_101)]) == [true, true, false])
    }

    @Test func beginsWithItsSavings() {
        #expect(answers([(100, 1), (101, 2), (102, 300)]) == [true, false, true])
    }

    @Test func owesAtMostTenSeconds() {
        let readings: [(UInt64, UInt64)] = [
            (60_000, 1_000), (60_000, 10_000), (60_000, 12_000), (61_000, 13_000),
        ]
        #expect(answers(readings) == [false, false, true, false])
    }

    /// Whatever a tick costs, with ticks that are left out the mean is the limit.
    @Test(arguments: [100_000, 1_000_000, 30_000_000] as [UInt64])
    func meanIsTheLimit(tickNanoseconds: UInt64) {
        var budget = budget()
        var clock: UInt64 = 0
        for tick in 1...200_000 as ClosedRange<UInt64>
        where budget.update(sampling(clock), nowNanoseconds: tick * Self.second / 100) {
            clock += tickNanoseconds
        }
        let share = Double(clock) / (2_000 * Double(Self.second))
        #expect(abs(share - min(0.01, Double(tickNanoseconds) / 1e7)) < 0.0001, "\(share)")
        #expect(abs(budget.used - share) < 0.003, "\(budget.used)")
    }

    @Test func withoutALimitThereIsAlwaysRoom() {
        var budget = budget(.infinity)
        let answers = (1...10 as ClosedRange<UInt64>).map { second in
            budget.update(
                sampling(second * 64 * Self.second),
                nowNanoseconds: second * Self.second
            )
        }
        #expect(answers.allSatisfy { $0 })
    }

    @Test("what requests cost takes a quarter of the account, and the rest is told")
    func requestsTakeAShare() {
        var budget = budget()
        var time = AgentCPUTime()
        var ticks = 0
        for tick in 1...100_000 as ClosedRange<UInt64> {
            // Half a CPU for a thousand seconds, beside ticks of 1 ms, a hundred a second.
            time.otherNanoseconds += 5 * Self.millisecond
            guard budget.update(time, nowNanoseconds: tick * Self.second / 100) else { continue }
            time.samplingNanoseconds += Self.millisecond
            ticks += 1
        }
        // 7.5 ms a second are left for sampling, and what was saved up before.
        #expect(abs(ticks - 7_575) <= 2, "\(ticks)")
        #expect(abs(budget.unchargedNanoseconds / 1e9 - (500 - 2.525)) < 0.01)
        #expect(abs(budget.used - 0.5075) < 0.005, "\(budget.used)")
    }

    @Test("what requests have not used is sampling's")
    func anUnusedShareIsNotKept() {
        var budget = budget()
        var time = AgentCPUTime()
        for tick in 1...200_000 as ClosedRange<UInt64>
        where budget.update(time, nowNanoseconds: tick * Self.second / 100) {
            time.samplingNanoseconds += Self.millisecond
        }
        #expect(abs(Double(time.samplingNanoseconds) / 2e12 - 0.01) < 0.0001)
    }

    @Test func clocksThatGoBackCostNothing() {
        #expect(answers([(5, 1_000), (0, 2_000), (0, 1_000)]) == [true, true, true])
    }

    @Test("no part of the time falls when work turns out to have been sampling's")
    func partsNeverFall() {
        var budget = budget()
        // A piece of work counts as other until it is done.
        _ = budget.update(AgentCPUTime(otherNanoseconds: 50), nowNanoseconds: 1)
        _ = budget.update(
            AgentCPUTime(samplingNanoseconds: 40, otherNanoseconds: 10),
            nowNanoseconds: 2
        )
        #expect(
            budget.time == AgentCPUTime(samplingNanoseconds: 40, otherNanoseconds: 50)
        )
    }
}
