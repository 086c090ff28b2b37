// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What a recording comes to, besides its profile.
package struct RecordingSummary: Sendable {
    /// Samples that found a thread on a CPU.
    package var samples: UInt64 = 0
    /// Looks that found one waiting for a CPU.
    package var queuedSamples: UInt64 = 0
    /// Looks that found one waiting for anything else; 0 where that is not recorded.
    package var waitingSamples: UInt64 = 0
    package var stacks = StackEndCounts()
    /// Stacks that found no room in the recording.
    package var overflows: UInt64 = 0
    /// How long threads were held.
    package var pauses = PauseSample()
    package var counters = SamplerCounters()
    /// CPU time by the kernel's clock.
    package var cpuNanoseconds: UInt64 = 0
    /// Files of which no rules or names could be had, by reason.
    package var fileFailures: [String: UInt64] = [:]

    package init() {}
}
