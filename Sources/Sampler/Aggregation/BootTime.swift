// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc

/// When the machine was booted, to which the kernel's start times are relative.
package enum BootTime {
    /// Seconds since the epoch, from the difference of the two clocks (clock_gettime(2)).
    package static var seconds: Double {
        let wall = cptrace_now(Int32(CLOCK_REALTIME))
        let sinceBoot = cptrace_now(Int32(CLOCK_BOOTTIME))
        return (Double(wall) - Double(sinceBoot)) / 1e9
    }
}
