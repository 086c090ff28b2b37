// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why a sample that was begun came to nothing.
package enum DropReason: String, CountedReason {
    case exited
    case execed
    /// The thread did not stop in time.
    case timeout
    /// Too long between the look and the interrupt.
    case staleLook = "stale_look"
    /// Somebody else's stop was found.
    case groupStop = "group_stop"
    case bufferFull = "buffer_full"
    /// It waited for the agent's own CPU, and may have run until the agent took it.
    case ownCPU = "own_cpu"
    /// A thread was found waiting, and its stack was not copied: the tick had copied enough.
    case waitLimit = "wait_limit"
}

/// Why a thread could not be attached to.
package enum AttachFailureReason: String, CountedReason {
    case permission
    case yama
    case alreadyTraced = "already_traced"
    case exited
    case other
}

/// Why a tick that was due was not used.
package enum MissedTickReason: String, CountedReason {
    /// The budget was spent.
    case budget
    /// The sampler was late; late ticks are never caught up.
    case overrun
    /// An operator paused sampling.
    case paused
}

/// What became of a system call that a stop made fail with `EINTR`.
package enum RepairOutcome: String, CountedReason {
    case repaired
    /// Repaired in place of a restart that a seccomp filter may forbid.
    case repairedRestartBlock = "repaired_restart_block"
    /// Not a call that can be begun again without harm.
    case notListed = "not_listed"
    /// A call of another ABI than the machine's own.
    case foreignABI = "foreign_abi"
    /// The kernel decides before a tracer can (arm64).
    case architecture
}

/// The kind of transfer that a stop cut short.
package enum ShortTransferKind: String, CountedReason {
    /// `read`, `readv`, `pread64` and their like.
    case read
    /// `write`, `writev`, `pwrite64` and their like.
    case write
    /// `recvfrom`, `recvmsg`, `recvmmsg`.
    case receive
    /// `sendto`, `sendmsg`, `sendmmsg`.
    case send
    /// `sendfile`, `splice`, `tee`, `copy_file_range`.
    case copy
    /// `getrandom`.
    case random
}

/// Why a thread is waited for outside its visit.
package enum ParkReason: String, CountedReason {
    /// It did not stop in time (uninterruptible sleep).
    case lateStop = "late_stop"
    case dying
    /// Seized while blocked, to be let go when it next runs.
    case awaitRunning = "await_running"
    /// An exec by another thread moved the tracee to the leader's number.
    case movedByExec = "moved_by_exec"
}

/// What a look at a target after its visit found.
package enum VerificationResult: String, CountedReason {
    case asFound = "as_found"
    /// Stopped, and not by this agent.
    case stoppedByOther = "stopped_by_other"
    /// Still traced by this agent: must stay 0.
    case stillTraced = "still_traced"
    case gone
}

/// Why a thread that could be visited was left alone.
package enum WithheldReason: String, CountedReason {
    /// It runs mostly inside the kernel, where a stop could cut a transfer short.
    case systemTime = "system_time"
    /// A stop cut one of its transfers short not long ago.
    case shortTransfer = "short_transfer"
    /// Too little CPU time yet to tell.
    case tooNew = "too_new"
    /// An operator asked to leave the process alone.
    case pausedByRequest = "paused_by_request"
    /// Its visits last too long again and again.
    case longPauses = "long_pauses"
    /// An operator has stopped all visits.
    case paused
    /// Its system calls are being watched.
    case callWindow = "call_window"
    /// The kernel lets the agent stop no thread at all.
    case notPermitted = "not_permitted"
}

/// Why sampling ran below the set rate.
package enum ThrottleReason: String, CountedReason {
    case cpuBudget = "cpu_budget"
    case pauseBudget = "pause_budget"
    case memory
}
