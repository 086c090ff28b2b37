// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What stacks weigh together; heavier by time, and by samples where the time is equal.
///
/// Sums stay at the largest number there is, so that a whole never weighs less than its parts.
package struct ProfileWeight: Hashable, Comparable, Sendable {
    package var samples: UInt64
    package var nanoseconds: UInt64

    package init(samples: UInt64 = 0, nanoseconds: UInt64 = 0) {
        self.samples = samples
        self.nanoseconds = nanoseconds
    }

    package static func += (left: inout Self, right: Self) {
        left.samples = left.samples.addingSaturating(right.samples)
        left.nanoseconds = left.nanoseconds.addingSaturating(right.nanoseconds)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.nanoseconds, left.samples) < (right.nanoseconds, right.samples)
    }
}

extension UInt64 {
    fileprivate func addingSaturating(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

extension ProfileSample {
    /// Its samples and its time.
    package var weight: ProfileWeight { ProfileWeight(samples: count, nanoseconds: nanoseconds) }
}

extension Profile {
    /// What all stacks weigh together.
    package var weight: ProfileWeight {
        samples.reduce(into: ProfileWeight()) { $0 += $1.weight }
    }

    /// What the stacks weigh whose outermost callers are not known.
    package var incompleteWeight: ProfileWeight {
        samples.reduce(into: ProfileWeight()) { sum, sample in
            if sample.end != .complete { sum += sample.weight }
        }
    }
}
