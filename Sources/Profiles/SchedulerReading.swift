// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A thread's scheduler counts at one moment (`/proc/PID/task/TID/schedstat`).
package struct SchedulerReading: Hashable, Sendable {
    /// How often the thread has been given a CPU (third field).
    package let runCount: UInt64
    /// How long it has waited for one (second field).
    package let runDelayNanoseconds: UInt64

    package init(runCount: UInt64, runDelayNanoseconds: UInt64) {
        self.runCount = runCount
        self.runDelayNanoseconds = runDelayNanoseconds
    }
}
