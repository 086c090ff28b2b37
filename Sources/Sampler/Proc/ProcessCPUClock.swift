// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import Profiles

/// The CPU time of a whole process, threads that have exited included.
package enum ProcessCPUClock {
    /// Nanoseconds on a CPU since the process began; nil when it is gone.
    ///
    /// Needs no permission.
    package static func nanoseconds(of process: ProcessID) -> UInt64? {
        guard process.rawValue > 0 else { return nil }
        var time = timespec()
        guard clock_gettime(clock(of: process), &time) == 0 else { return nil }
        return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
    }

    /// The number of the process's clock: the complement of its id shifted left by three, and 2
    /// for the scheduler's clock.
    ///
    /// It is part of the kernel's ABI (`CPUCLOCK_SCHED`, Linux,
    /// `include/linux/posix-timers_types.h`; clock_getcpuclockid(3)).
    static func clock(of process: ProcessID) -> clockid_t { (~process.rawValue << 3) | 2 }
}
