// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// A thread that stopped while its calls are watched: it runs on when this value ends.
///
/// Stops are only looked at (WNOWAIT) and answered, so a signal that one of them is about survives
/// a tracer that dies before the answer.
struct CallStop: ~Copyable {
    /// Where the thread is to stop next by itself.
    enum Next {
        /// At calls that a filter names, and at events.
        case filter
        /// At the entry or the exit of its next call, too.
        case call
    }

    let thread: ThreadID
    let kind: StopKind

    init(thread: ThreadID, kind: StopKind) {
        self.thread = thread
        self.kind = kind
    }

    /// Lets the thread run on, with the signal that it was about to get.
    consuming func run(to next: Next) {
        let (thread, signal) = (thread, signal)
        discard self
        Self.run(thread, to: next, delivering: signal)
    }

    /// Lets the thread go for good.
    consuming func release() {
        let (thread, signal) = (thread, signal)
        discard self
        // ESRCH: it was killed while it was stopped; its exit is still to come.
        try? Ptrace.detach(thread, delivering: signal)
    }

    /// Leaves the thread stopped as job control wants it, until a SIGCONT.
    consuming func stayStopped() {
        let thread = thread
        discard self
        try? Ptrace.listen(thread)
    }

    /// SIGTRAP with the high bit is the kernel's mark of a stop at a call (PTRACE_O_TRACESYSGOOD).
    static let callSignal: Int32 = 0x85

    private var signal: Int32 {
        if case .signal(let signal) = kind, signal != Self.callSignal { signal } else { 0 }
    }

    private static func run(_ thread: ThreadID, to next: Next, delivering signal: Int32) {
        // ESRCH: it was killed while it was stopped; its exit is still to come.
        switch next {
        case .filter: try? Ptrace.continueStopped(thread, delivering: signal)
        case .call: try? Ptrace.runToCall(thread, delivering: signal)
        }
    }

    deinit { Self.run(thread, to: .filter, delivering: signal) }
}
