// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// A thread of a process whose calls are watched.
struct WindowThread {
    enum Phase {
        /// Not attached to: a look has to find it running first.
        case free
        /// Attached to, and blocked before it could be interrupted; it runs as if it were free.
        case seized
        /// Its stop is on the way.
        case interrupted(at: MonotonicInstant)
        /// Stops at each call.
        case watched(since: MonotonicInstant)
    }

    struct OpenCall {
        let call: TracedCall
        let since: MonotonicInstant
        /// Whether its beginning was not seen.
        var isRemainder = false
    }

    var phase = Phase.free
    /// When the kernel was asked whether it may be interrupted, and what speaks against it.
    var guardedAt: MonotonicInstant?
    var reasonAgainst: UnwatchedReason?
    /// The call that it is in.
    var open: OpenCall?
    /// The wait that a stop interrupted, whose remainder comes as a call of its own
    /// (restart_syscall(2)).
    var interrupted: TracedCall?
    /// When it was last let run, or attached to.
    var resumedAt: MonotonicInstant
    var calls = ThreadCalls()

    var isInterrupted: Bool { if case .interrupted = phase { true } else { false } }

    /// Whether it stops at its next call, and is in none: what it was in last has returned.
    var isOutsideCalls: Bool { if case .watched = phase { open == nil } else { false } }

    /// Whether this tracer is attached to it.
    var isAttached: Bool { if case .free = phase { false } else { true } }
}
