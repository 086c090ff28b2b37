// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// How much of a thread could be seen without stopping it.
package enum LookTier: Int, Hashable, Sendable {
    /// The file `syscall` was read: the wait, its arguments, stack pointer and program counter.
    case systemCall = 1

    /// Only the state letter of `stat`: the kernel has no such file (gVisor), or the agent may
    /// not read it (another user's, without `CAP_DAC_READ_SEARCH`).
    case state = 2
}

/// What a thread was doing when it was looked at.
package enum ThreadActivity: Equatable, Sendable {
    /// On a CPU or queued for one; only the run count tells which (`SchedulerStatistics`).
    case running

    /// Asleep in a system call.
    case blocked(BlockedCall)

    /// Asleep outside any call: in a page fault, or stopped.
    case blockedOutside(stackPointer: Address, programCounter: Address)

    /// Not running, and where it sleeps is not known (tier 2).
    case waiting(TaskState)
}

/// A thread as one look saw it.
package struct ThreadSight: Equatable, Sendable {
    package let activity: ThreadActivity

    /// Run time and run count, read *before* the activity; nil where the kernel keeps none.
    ///
    /// In this order an equal run count at a later look proves that the thread has not run since
    /// this activity was seen. In the other order it could have run in between.
    package let statistics: SchedulerStatistics?

    package let tier: LookTier

    /// Whether the look has proved the thread on a CPU; only one that expected it tries.
    package let isOnCPU: Bool

    package init(
        activity: ThreadActivity,
        statistics: SchedulerStatistics?,
        tier: LookTier,
        isOnCPU: Bool = false
    ) {
        self.activity = activity
        self.statistics = statistics
        self.tier = tier
        self.isOnCPU = isOnCPU
    }
}

/// The outcome of a look at a thread.
package enum ThreadLook: Equatable, Sendable {
    case seen(ThreadSight)

    /// The thread has exited, even if its parent has not collected it yet.
    case gone

    /// Not even `stat` may be read.
    case notPermitted

    /// The kernel has none of the files, or they are unlike any kernel's.
    case unsupported
}

/// Where a thread that can run is.
package enum ThreadPresence: Hashable, Sendable {
    case onCPU

    /// It waits for a CPU: just woken, or displaced.
    case queued

    /// The kernel keeps no counts, or not the ones that are known.
    case unknown
}
