// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct CallEventsTests {
    @Test("without a tracee there is nobody to wait for")
    func nobody() async throws {
        let next = try await OwnThread().run {
            var events = CallEvents()
            return events.next()
        }
        #expect(next == .nobody)
    }

    @Test("a stop is met, and a deadline ends the wait for one that does not come")
    func stops() async throws {
        let child = try ProcChild(["sleep", "1000"])
        let thread = child.leader
        let (stop, nothing) = try await OwnThread().run {
            var events = CallEvents(
                timer: try DeadlineTimer(thread: ThreadID(cptrace_gettid())),
                spinNanoseconds: 100_000
            )
            try Ptrace.seize(thread)
            try Ptrace.interrupt(thread)
            let stop = events.next()
            try Ptrace.detach(thread, delivering: 0)
            try Ptrace.seize(thread)
            let deadline = MonotonicInstant.now().advanced(byNanoseconds: 2_000_000)
            return (stop, events.next(before: deadline))
        }
        guard case .event(let event, _) = stop else {
            Issue.record("\(stop)")
            return
        }
        #expect(event == .stopped(thread, .interrupt))
        #expect(nothing == .timeout)
    }
}
