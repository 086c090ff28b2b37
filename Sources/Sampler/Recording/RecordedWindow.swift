// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What was seen in one period of a recording that goes on.
package struct RecordedWindow: Sendable {
    /// By process, thread and group.
    ///
    /// Where waits are recorded it is of the time by the clock on the wall, and its samples
    /// say which of them are none on a CPU.
    package let profile: Profile
    /// Since the recording began.
    package let summary: RecordingSummary
    /// The rate in force.
    package let rate: SamplingRate
    /// CPU time that this program used lately, in seconds per second.
    package let ownCPUShare: Double
    package let processCount: Int
}
