// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ProcessCPUClockTests {
    @Test func agreesWithTheClockOfThisProcess() throws {
        let own = ProcessID(getpid())
        func clock() -> UInt64 {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        }
        let before = clock()
        let read = try #require(ProcessCPUClock.nanoseconds(of: own))
        let after = clock()
        #expect(before <= read)
        #expect(read <= after)
    }

    @Test func usesTheNumberThatTheLibraryUses() throws {
        let child = try ProcChild(["cat"])
        var clock = clockid_t()
        #expect(clock_getcpuclockid(child.process.rawValue, &clock) == 0)
        #expect(clock == ProcessCPUClock.clock(of: child.process))
        #expect(ProcessCPUClock.nanoseconds(of: child.process) != nil)
    }

    @Test func isNilWhenTheProcessIsGone() throws {
        var child = try ProcChild(["cat"])
        child.end()
        #expect(ProcessCPUClock.nanoseconds(of: child.process) == nil)
        #expect(ProcessCPUClock.nanoseconds(of: ProcessID(0)) == nil)
        #expect(ProcessCPUClock.nanoseconds(of: ProcessID(-5)) == nil)
    }
}
