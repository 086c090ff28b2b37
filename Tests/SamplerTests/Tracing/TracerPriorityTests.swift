// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct TracerPriorityTests {
    /// A thread that nobody else uses; whether it may is the host's to say.
    @Test func raisesAndLowersAThread() async throws {
        let classes = try await OwnThread().run { () -> (Int32, Int32, Bool) in
            let thread = ThreadID(cptrace_gettid())
            let isRaised = TracerPriority.raise(thread)
            let raised = sched_getscheduler(thread.rawValue)
            TracerPriority.lower(thread)
            return (raised, sched_getscheduler(thread.rawValue), isRaised)
        }
        let reset: Int32 = 0x4000_0000
        #expect(classes.0 == (classes.2 ? SCHED_FIFO | reset : SCHED_OTHER))
        #expect(classes.1 & ~reset == SCHED_OTHER)
    }

    @Test func aThreadThatIsGoneIsNotRaised() {
        #expect(!TracerPriority.raise(ThreadID(Int32.max)))
    }
}
