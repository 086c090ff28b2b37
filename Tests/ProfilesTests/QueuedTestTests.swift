// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct QueuedTestTests {
    private struct Case: Sendable {
        var runs: (UInt64, UInt64)
        var delays: (UInt64, UInt64) = (1_000, 1_000)
        var wake: UInt64 = 1_000_000
        var stop: UInt64 = 1_100_000
        var expected: QueuedTest.Verdict
    }

    private static let cases: [Case] = [
        // Unmoved, whatever the other numbers say.
        Case(runs: (7, 7), expected: .onCPU),
        Case(runs: (0, 0), delays: (0, 0), expected: .onCPU),
        // Displaced by the sampler itself: 100 us since the wake-up and 50 us of slack.
        Case(runs: (7, 8), delays: (1_000, 1_000), expected: .onCPU),
        Case(runs: (7, 8), delays: (1_000, 151_000), expected: .onCPU),
        Case(runs: (7, 8), delays: (1_000, 151_001), expected: .queued),
        // Queued before the wake-up.
        Case(runs: (7, 8), delays: (0, 3_000_000), expected: .queued),
        // More than one run since the look.
        Case(runs: (7, 9), expected: .queued),
        // Numbers that cannot be: never taken for CPU time, never a trap.
        Case(runs: (8, 7), expected: .queued),
        Case(runs: (7, 8), delays: (1_000, 999), expected: .queued),
        Case(runs: (.max, 0), expected: .queued),
        Case(runs: (7, 8), delays: (0, 50_000), wake: 9, stop: 5, expected: .onCPU),
        Case(runs: (7, 8), delays: (0, 50_001), wake: 9, stop: 5, expected: .queued),
        Case(runs: (7, 8), delays: (0, .max), wake: 0, stop: .max, expected: .onCPU),
    ]

    @Test(arguments: cases.indices)
    func verdictFollowsRunsAndWait(index: Int) {
        let row = Self.cases[index]
        let verdict = QueuedTest.judge(
            look: SchedulerReading(runCount: row.runs.0, runDelayNanoseconds: row.delays.0),
            stop: SchedulerReading(runCount: row.runs.1, runDelayNanoseconds: row.delays.1),
            wakeNanoseconds: row.wake,
            stopNanoseconds: row.stop
        )
        #expect(verdict == row.expected, "\(row)")
    }
}
