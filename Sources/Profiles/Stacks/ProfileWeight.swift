// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What stacks weigh together; heavier by time, and by samples where the time is equal.
package struct ProfileWeight: Hashable, Comparable, Sendable {
    package var samples: UInt64
    package var nanoseconds: UInt64

    package init(samples: UInt64 = 0, nanoseconds: UInt64 = 0) {
        self.samples = samples
        self.nanoseconds = nanoseconds
    }

    package static func += (left: inout Self, right: Self) {
        left.samples &+= right.samples
        left.nanoseconds &+= right.nanoseconds
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.nanoseconds, left.samples) < (right.nanoseconds, right.samples)
    }
}

extension ProfileSample {
    /// Its samples and its time.
    package var weight: ProfileWeight { ProfileWeight(samples: count, nanoseconds: nanoseconds) }
}

extension Profile {
    /// What all stacks weigh together.
    package var weight: ProfileWeight {
        ProfileWeight(samples: sampleCount, nanoseconds: nanoseconds)
    }

    /// What the stacks weigh whose outermost callers are not known.
    package var incompleteWeight: ProfileWeight {
        samples.reduce(into: ProfileWeight()) { sum, sample in
            if sample.end != .complete { sum += sample.weight }
        }
    }
}
