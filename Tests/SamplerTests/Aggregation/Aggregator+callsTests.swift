// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct AggregatorCallsTests {
    @Test("what a window saw is its process's group's")
    func windows() async throws {
        let process = ProcessID(getpid())
        let aggregator = Aggregator()
        await aggregator.time(try TimedCalls(["futex"]))
        await aggregator.update(
            added: [
                SampledProcess(id: process, startTime: StartTime(ticks: 1), group: .command("x"))
            ]
        )
        let read = TracedCall(.native, SystemCallNumber(Int32(SYS_read)))
        var account = CallAccount()
        account.count(failure: nil)
        account.count(failure: EAGAIN)
        let futex = TracedCall(.native, SystemCallNumber(Int32(SYS_futex)))
        var timed = CallAccount()
        timed.count(nanoseconds: 300_000, failure: nil)
        var untimed = account
        untimed.count(nanoseconds: 1_000, failure: nil)
        var calls = ThreadCalls()
        calls.watchedNanoseconds = 250_000_000
        var window = CallWindow.Outcome(guards: [:])
        window.end = .pauseBudget
        window.tally.accounts = [read: untimed, futex: timed]
        window.threads = [ThreadID(1): calls, ThreadID(2): calls]
        window.unwatched = [ThreadID(3): .systemTime]
        await aggregator.add(window, of: process)
        await aggregator.add(window, of: ProcessID(Int32.max))

        let snapshot = await aggregator.snapshot()
        #expect(snapshot.windowEnds[.pauseBudget] == 2)
        #expect(snapshot.unwatched[.systemTime] == 2)
        // A group without a place of its own yet counts as other.
        let counters = try #require(snapshot.groups.last?.counters)
        #expect(counters.observedSeconds == 0.5)
        #expect(Array(counters.durations.keys) == ["futex"])
        #expect(counters.durations["futex"]?.bucketCounts == [0, 1, 0, 0, 0, 0, 0, 0, 0])
        #expect(counters.durations["futex"]?.sumSeconds == 0.000_3)
    }
}
