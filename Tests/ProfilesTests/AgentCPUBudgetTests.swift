// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct AgentCPUBudgetTests {
    private static let second: UInt64 = 1_000_000_000
    private static let millisecond: UInt64 = 1_000_000

    private func budget(_ limit: Double = 0.01) -> AgentCPUBudget {
        AgentCPUBudget(limit: limit, clockNanoseconds: 0, nowNanoseconds: 0)
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
                clockNanoseconds: second * milliseconds * Self.millisecond,
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
                clockNanoseconds: $0.clock * Self.millisecond,
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
        where budget.update(clockNanoseconds: clock, nowNanoseconds: tick * Self.second / 100) {
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
                clockNanoseconds: second * 64 * Self.second,
                nowNanoseconds: second * Self.second
            )
        }
        #expect(answers.allSatisfy { $0 })
    }

    @Test func clocksThatGoBackCostNothing() {
        #expect(answers([(5, 1_000), (0, 2_000), (0, 1_000)]) == [true, true, true])
    }
}
