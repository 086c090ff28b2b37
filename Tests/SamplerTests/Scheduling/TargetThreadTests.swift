// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

struct TargetThreadTests {
    private static let start = MonotonicInstant(nanoseconds: 1)

    private func statistics(_ run: UInt64, wait: UInt64 = 0, count: UInt64) -> SchedulerStatistics {
        SchedulerStatistics(runNanoseconds: run, waitNanoseconds: wait, runCount: count)
    }

    @Test("What ran before observation is nobody's; a new thread's first run counts")
    func firstRun() {
        var known = TargetThread(id: ThreadID(5), isNew: false)
        var new = TargetThread(id: ThreadID(6), isNew: true)
        _ = known.observe(statistics(1_000, count: 3), at: Self.start)
        _ = new.observe(statistics(1_000, count: 3), at: Self.start)
        #expect(known.takeRun() == nil)
        #expect(new.takeRun()?.runNanoseconds == 1_000)
        _ = known.observe(statistics(1_400, wait: 50, count: 4), at: Self.start)
        let run = known.takeRun()
        #expect(run?.runNanoseconds == 400)
        #expect(run?.waitNanoseconds == 50)
        #expect(known.takeRun() == nil)
    }

    @Test("Times that fall are another thread's under the same number")
    func anotherThread() {
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        _ = thread.observe(statistics(5_000, wait: 9, count: 3), at: Self.start)
        #expect(thread.takeRun()?.runNanoseconds == 5_000)
        let hasRun = thread.observe(statistics(10, wait: 1, count: 1), at: Self.start)
        #expect(hasRun)
        #expect(thread.takeRun() == nil)
        _ = thread.observe(statistics(30, wait: 1, count: 2), at: Self.start)
        #expect(thread.takeRun()?.runNanoseconds == 20)
    }

    @Test("Where the kernel keeps no statistics the ticks of stat are the run time")
    func ticks() {
        let second = UInt64(sysconf(Int32(_SC_CLK_TCK)))
        var known = TargetThread(id: ThreadID(5), isNew: false)
        var new = TargetThread(id: ThreadID(6), isNew: true)
        known.observe(ticks: 7 * second)
        new.observe(ticks: second)
        #expect(known.takeRun() == nil)
        #expect(new.takeRun()?.runNanoseconds == 1_000_000_000)
        known.observe(ticks: 9 * second)
        let run = known.takeRun()
        #expect(run?.runNanoseconds == 2_000_000_000)
        #expect(run?.waitNanoseconds == 0)
        #expect(known.takeRun() == nil)
        known.isMostlySystem = true
        known.observe(ticks: 10 * second)
        #expect(known.takeRun()?.kernelNanoseconds == 1_000_000_000)
        known.observe(ticks: second)
        #expect(known.takeRun() == nil)
    }

    @Test("Ticks count for nothing where there are statistics")
    func ticksBesideStatistics() {
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        _ = thread.observe(statistics(1_000, count: 3), at: Self.start)
        thread.observe(ticks: 500)
        #expect(thread.takeRun()?.runNanoseconds == 1_000)
    }

    @Test("A thread that uses the CPU is looked at at each tick, and one that sleeps ever less")
    func pace() {
        var generator = SplitMix64(seed: 1)
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        for second in 0...20 {
            let now = MonotonicInstant(nanoseconds: UInt64(second) * 100_000_000)
            // 5 % of a CPU, and from the tenth look on nothing.
            let run = UInt64(min(second, 10)) * 5_000_000
            _ = thread.observe(statistics(run, count: run), at: now)
            thread.pace.plan(tick: 0, isRunning: false, longestTicks: 8, using: &generator)
            if second == 10 { #expect(thread.pace.blockTicks == 1) }
        }
        #expect(thread.pace.blockTicks == 1)
        thread.pace.note(runNanoseconds: 0, elapsedNanoseconds: 9_000_000_000)
        thread.pace.plan(tick: 0, isRunning: false, longestTicks: 8, using: &generator)
        #expect(thread.pace.blockTicks == 8)
    }

    @Test("Run time of a thread left alone in the kernel is kept apart")
    func kernelTime() {
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        _ = thread.observe(statistics(100, count: 1), at: Self.start)
        thread.isMostlySystem = true
        _ = thread.observe(statistics(400, count: 1), at: Self.start)
        let run = thread.takeRun()
        #expect(run?.runNanoseconds == 400)
        #expect(run?.kernelNanoseconds == 300)
    }
}
