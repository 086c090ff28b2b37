// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite(.serialized) struct ThreadReadingsTests {
    @Test("what a process did between two readings")
    func differences() throws {
        let child = try WindowChild.start(["--reads", "20000"])
        var reader = ProcReader()
        let first = ThreadReadings(of: child.process, with: &reader)
        #expect(first.readings.count == 2)
        let process = child.process
        let start = ProcessCPUClock.nanoseconds(of: process) ?? 0
        let hasRun = eventually {
            (ProcessCPUClock.nanoseconds(of: process) ?? 0) > start + 50_000_000 ? true : nil
        }
        #expect(hasRun == true)
        let second = ThreadReadings(of: process, with: &reader)
        var threads: [ThreadID: CallRates.Thread] = [:]
        second.addFree(since: first, to: &threads)
        second.addRun(since: first, to: &threads)
        let busiest = try #require(threads.values.max { $0.freeTransfers < $1.freeTransfers })
        #expect(busiest.freeTransfers > 500)
        #expect(busiest.freeNanoseconds >= 50_000_000)
        #expect(busiest.runNanoseconds >= 40_000_000)
    }

    @Test("of a process that is gone there are none")
    func gone() throws {
        var child = try ProcChild(["sleep", "1000"])
        child.end()
        var reader = ProcReader()
        #expect(ThreadReadings(of: child.process, with: &reader).readings.isEmpty)
    }
}
