// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a group's processes are at one moment; rebuilt for every window.
package struct GroupGauges: Sendable {
    package var processes: UInt64 = 0
    package var threads = ReasonCounts<ThreadClass>()
    package var residentBytes: UInt64 = 0
    /// Start of the oldest process, seconds since the epoch; nil without a process.
    package var oldestStartSeconds: Double?

    package init() {}

    /// Adds one process to the gauges.
    package mutating func add(
        residentBytes bytes: UInt64,
        startSeconds: Double,
        threads counts: ReasonCounts<ThreadClass>
    ) {
        processes += 1
        threads.merge(counts)
        residentBytes &+= bytes
        oldestStartSeconds = min(oldestStartSeconds ?? startSeconds, startSeconds)
    }
}
