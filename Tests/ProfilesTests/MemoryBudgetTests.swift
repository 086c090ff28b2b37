// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct MemoryBudgetTests {
    /// What a budget of 100 bytes says to readings, as (second, bytes).
    private func answers(_ readings: [(UInt64, UInt64)]) -> (answers: [Bool], MemoryBudget) {
        var budget = MemoryBudget(limitBytes: 100)
        let answers = readings.map {
            budget.check(residentBytes: $1, nowNanoseconds: $0 * 1_000_000_000)
        }
        return (answers, budget)
    }

    @Test func asksForMemoryAboveTheLimitOnly() {
        let (answers, budget) = answers([(0, 50), (10, 100), (20, 101), (30, 90)])
        #expect(answers == [false, false, true, false])
        #expect(budget.trims == 1)
        #expect(budget.overNanoseconds == 10_000_000_000)
    }

    @Test func asksOnceAMinute() {
        let (answers, budget) = answers([(0, 200), (10, 200), (59, 200), (60, 200), (70, 200)])
        #expect(answers == [true, false, false, true, false])
        #expect(budget.trims == 2)
        #expect(budget.overNanoseconds == 70_000_000_000)
    }

    @Test func aClockThatStandsStillCountsNothing() {
        let (_, budget) = answers([(5, 200), (5, 200), (4, 200)])
        #expect(budget.overNanoseconds == 0)
    }
}
