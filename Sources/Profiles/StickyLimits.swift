// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How many series a table may have, and how firmly they keep their places.
package struct StickyLimits: Hashable, Sendable {
    /// The series that exist at one time, `other` and permanent ones not counted.
    package var slots: Int
    /// The keys without a series whose weight is tracked; bounds memory.
    package var candidates: Int
    /// A series idle for this long vanishes.
    package var idleNanoseconds: UInt64 = 3_600_000_000_000
    /// The age at which a weight counts half.
    package var halfLifeNanoseconds: UInt64 = 300_000_000_000
    /// A candidate takes the weakest slot only at this many times its weight.
    package var displacementFactor: Double = 4
    /// No series is admitted in this time after the first ranking; amounts wait for it.
    package var warmUpNanoseconds: UInt64

    /// Limits with eight candidates to a slot.
    package init(slots: Int, warmUpNanoseconds: UInt64 = 0) {
        self.slots = max(1, slots)
        candidates = 8 * max(1, slots)
        self.warmUpNanoseconds = warmUpNanoseconds
    }
}
