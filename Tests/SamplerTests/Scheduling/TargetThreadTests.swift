// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

struct TargetThreadTests {
    private func statistics(_ run: UInt64, wait: UInt64 = 0, count: UInt64) -> SchedulerStatistics {
        SchedulerStatistics(runNanoseconds: run, waitNanoseconds: wait, runCount: count)
    }

    @Test("What ran before observation is nobody's; a new thread's first run counts")
    func firstRun() {
        var known = TargetThread(id: ThreadID(5), isNew: false)
        var new = TargetThread(id: ThreadID(6), isNew: true)
        _ = known.observe(statistics(1_000, count: 3))
        _ = new.observe(statistics(1_000, count: 3))
        #expect(known.takeRun() == nil)
        #expect(new.takeRun()?.runNanoseconds == 1_000)
        _ = known.observe(statistics(1_400, wait: 50, count: 4))
        let run = known.takeRun()
        #expect(run?.runNanoseconds == 400)
        #expect(run?.waitNanoseconds == 50)
        #expect(known.takeRun() == nil)
    }

    @Test("Times that fall are another thread's under the same number")
    func anotherThread() {
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        _ = thread.observe(statistics(5_000, wait: 9, count: 3))
        #expect(thread.takeRun()?.runNanoseconds == 5_000)
        let hasRun = thread.observe(statistics(10, wait: 1, count: 1))
        #expect(hasRun)
        #expect(thread.takeRun() == nil)
        _ = thread.observe(statistics(30, wait: 1, count: 2))
        #expect(thread.takeRun()?.runNanoseconds == 20)
    }

    @Test("Looks grow rarer while a thread sleeps, and frequent when it ran")
    func backOff() {
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        var intervals: [UInt64] = []
        for _ in 0..<5 {
            thread.plan(tick: 10, hasRun: false, longestInterval: 8)
            intervals.append(thread.nextTick - 10)
        }
        #expect(intervals == [2, 4, 8, 8, 8])
        thread.plan(tick: 20, hasRun: true, longestInterval: 8)
        #expect(thread.nextTick == 21)
    }

    @Test("Run time of a thread left alone in the kernel is kept apart")
    func kernelTime() {
        var thread = TargetThread(id: ThreadID(5), isNew: true)
        _ = thread.observe(statistics(100, count: 1))
        thread.isMostlySystem = true
        _ = thread.observe(statistics(400, count: 1))
        let run = thread.takeRun()
        #expect(run?.runNanoseconds == 400)
        #expect(run?.kernelNanoseconds == 300)
    }
}
