// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

struct TraceEventTests {
    private let thread = ThreadID(7)

    @Test(
        "waitid's status names the kind of stop",
        arguments: [
            (SIGTRAP | 128 << 8, StopKind.interrupt),
            (SIGSTOP | 128 << 8, .group(SIGSTOP)),
            (SIGTSTP | 128 << 8, .group(SIGTSTP)),
            (SIGUSR1, .signal(SIGUSR1)),
            (SIGTRAP, .signal(SIGTRAP)),
            (SIGTRAP | 4 << 8, .event(4)),
        ]
    )
    func stops(status: Int32, kind: StopKind) {
        let event = TraceEvent(thread: thread, code: Int32(CLD_TRAPPED), status: status)
        #expect(event == .stopped(thread, kind))
    }

    @Test("Every way to end is an exit", arguments: [CLD_EXITED, CLD_KILLED, CLD_DUMPED])
    func exits(code: Int) {
        #expect(TraceEvent(thread: thread, code: Int32(code), status: 9) == .exited(thread))
    }

    @Test("A process that is no tracee is an error, not an event")
    func noTracee() {
        #expect(throws: (any Error).self) { try TraceEvent.peek(ThreadID(leaderOf: ProcessID(1))) }
    }
}
