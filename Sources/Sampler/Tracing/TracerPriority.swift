// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Profiles

/// The scheduling class of a tracer's thread.
///
/// A tracer that waits for a CPU while it holds a thread holds it for so long: on two CPUs that
/// other programs keep busy, one of 150 visits lasted for 20 to 60 ms. In the class SCHED_FIFO
/// (sched(7)) a tracer runs when its timer or its target's stop wakes it, as an interrupt would;
/// there the longest of 5,355 visits was below half a millisecond, and six times as many of the
/// sampling points were used.
package enum TracerPriority {
    /// Puts a thread into SCHED_FIFO, at the lowest of its priorities.
    ///
    /// Threads that it starts do not inherit it.
    ///
    /// - Returns: whether that is permitted: it takes CAP_SYS_NICE or RLIMIT_RTPRIO.
    package static func raise(_ thread: ThreadID) -> Bool {
        var parameters = sched_param(sched_priority: 1)
        return sched_setscheduler(thread.rawValue, SCHED_FIFO | resetOnFork, &parameters) == 0
    }

    /// Puts a thread back into the usual class.
    package static func lower(_ thread: ThreadID) {
        var parameters = sched_param(sched_priority: 0)
        // The flag can't be taken off without CAP_SYS_NICE.
        _ = sched_setscheduler(thread.rawValue, SCHED_OTHER | resetOnFork, &parameters)
    }

    /// `SCHED_RESET_ON_FORK` (Linux, `include/uapi/linux/sched.h`).
    private static let resetOnFork: Int32 = 0x4000_0000
}
