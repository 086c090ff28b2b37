// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct DeadlineTimerTests {
    @Test func interruptsABlockingWaitOfItsThread() throws {
        let timer = try DeadlineTimer(thread: ThreadID(cptrace_gettid()))
        let descriptor = cptrace_create_eventfd(0)
        defer { close(descriptor) }
        timer.arm(nanoseconds: 1_000_000)
        var value: UInt64 = 0
        // Nobody writes to it: without the timer this would wait for ever.
        #expect(read(descriptor, &value, 8) == -1)
        #expect(errno == EINTR)
    }

    @Test func interruptsNothingOnceItIsDisarmed() throws {
        let timer = try DeadlineTimer(thread: ThreadID(cptrace_gettid()))
        timer.arm(nanoseconds: 5_000_000)
        timer.disarm()
        timer.disarm()
        #expect(usleep(20_000) == 0)
    }

    @Test(
        "a deadline that is there already leaves its thread time to go on",
        .timeLimit(.minutes(1))
    )
    func leavesTime() throws {
        let timer = try DeadlineTimer(thread: ThreadID(cptrace_gettid()))
        for _ in 0..<100 {
            timer.arm(nanoseconds: 0)
            let start = MonotonicInstant.now()
            while MonotonicInstant.now().nanoseconds(since: start) < 300_000 {}
            timer.disarm()
        }
    }
}
