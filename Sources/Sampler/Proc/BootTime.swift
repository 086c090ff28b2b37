// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles

/// When the machine was booted, to which the kernel's start times are relative.
package enum BootTime {
    /// Seconds since the epoch, from the difference of the two clocks (clock_gettime(2)).
    static var seconds: Double {
        let wall = cptrace_now(Int32(CLOCK_REALTIME))
        let sinceBoot = cptrace_now(Int32(CLOCK_BOOTTIME))
        return (Double(wall) - Double(sinceBoot)) / 1e9
    }

    /// When a process began, in seconds since the epoch.
    ///
    /// To a tick, as the start is told: the clocks are read one after the other, so that their
    /// difference is never quite the same, and a start that moves looks like another process.
    package static func epochSeconds(of start: StartTime) -> Double {
        let ticksPerSecond = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        return ((seconds * ticksPerSecond).rounded() + Double(start.ticks)) / ticksPerSecond
    }

    /// How long ago a process began; 0 for a start that is still to come.
    package static func nanoseconds(since start: StartTime) -> UInt64 {
        let ticksPerSecond = UInt64(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        let (began, overflow) = start.ticks.multipliedReportingOverflow(
            by: 1_000_000_000 / ticksPerSecond
        )
        let now = UInt64(clamping: cptrace_now(Int32(CLOCK_BOOTTIME)))
        return overflow || began > now ? 0 : now - began
    }
}
