// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How long calls of one system call took, counted in fixed buckets from 100 us to 5 s.
///
/// Shorter ones are not told apart: what watching costs a call is of that size. Bucket `i` counts
/// the times at most `upperBoundsSeconds[i]` and above the bound before it; the last count is for
/// longer ones.
package struct CallDurations: Equatable, Sendable {
    /// The upper bounds of the buckets in seconds, each inclusive, in rising order.
    package static let upperBoundsSeconds: [Double] = [
        0.000_1, 0.000_5, 0.002, 0.01, 0.05, 0.2, 1, 5,
    ]

    /// The count of each bucket on its own (not cumulative): one for each bound, and one above.
    package private(set) var bucketCounts: [UInt64]

    /// The sum of all times, in seconds.
    package private(set) var sumSeconds: Double

    /// No calls yet, that took so long together.
    ///
    /// The sum is known better than the times that are counted, so it is not made of them.
    package init(sumSeconds: Double = 0) {
        self.sumSeconds = sumSeconds
        bucketCounts = [UInt64](repeating: 0, count: Self.upperBoundsSeconds.count + 1)
    }

    /// How many times were added.
    package var count: UInt64 { bucketCounts.reduce(0, &+) }

    /// Counts calls that each took about so long.
    package mutating func count(_ count: UInt64, seconds: Double) {
        let bounds = Self.upperBoundsSeconds
        bucketCounts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] &+= count
    }

    /// Adds everything that was counted elsewhere.
    package mutating func merge(_ other: Self) {
        for index in bucketCounts.indices { bucketCounts[index] &+= other.bucketCounts[index] }
        sumSeconds += other.sumSeconds
    }
}
