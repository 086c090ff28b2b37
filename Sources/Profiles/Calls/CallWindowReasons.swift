// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What ended a window in which a process's system calls were watched.
package enum CallWindowEnd: String, CountedReason {
    /// It had lasted long enough.
    case time
    /// It had seen enough stops.
    case stops
    /// The process had been held for as long as it may be.
    case pauseBudget = "pause_budget"
    /// Somebody stopped the process, as `SIGSTOP` does.
    case groupStop = "group_stop"
    /// The process ended.
    case exited
    /// Somebody asked for its end.
    case request
    /// The kernel refuses to attach to the process, or another tracer is attached.
    case refused
}

/// Why a thread that ran was not watched in a window.
package enum UnwatchedReason: String, CountedReason {
    /// It is mostly in the kernel, where a stop could cut a transfer of it short.
    case systemTime = "system_time"
    /// Too little of it is known to say that.
    case tooNew = "too_new"
    /// There are more threads than a window has room for.
    case threadLimit = "thread_limit"
}
