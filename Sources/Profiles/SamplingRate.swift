// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How often a running thread is sampled, held to a range in which one over the rate is finite.
///
/// A rate from the command line is refused there when it is out of range; the clamping here is for
/// rates that the agent works out for itself.
package struct SamplingRate: Hashable, Comparable, Sendable {
    /// Once in a minute.
    package static let lowest = SamplingRate(hertz: 1.0 / 60)
    /// The most that a stop of some tens of microseconds leaves room for.
    package static let highest = SamplingRate(hertz: 10_000)

    /// Samples per second of a thread's run time.
    package let hertz: Double

    /// Clamps to the range from 1/60 to 10,000 Hz; what is not a number becomes the lowest rate.
    package init(hertz: Double) {
        self.hertz = hertz.isNaN ? 1.0 / 60 : min(max(hertz, 1.0 / 60), 10_000)
    }

    /// The length of one period, rounded to a nanosecond (100,000 to 60,000,000,000).
    package var periodNanoseconds: UInt64 { UInt64((1e9 / hertz).rounded()) }

    package static func < (left: Self, right: Self) -> Bool { left.hertz < right.hertz }
}
