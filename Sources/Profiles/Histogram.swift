// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How long threads were held, counted in fixed buckets from 50 us to 100 ms.
///
/// A plain value with its counts in line: adding to it allocates nothing, and a copy is a
/// snapshot. Bucket `i` counts the times at most `upperBoundsSeconds[i]` and above the bound
/// before it; the last count is for longer times.
package struct PauseHistogram: Sendable {
    /// The upper bounds of the buckets in seconds, each inclusive, in rising order.
    package static let upperBoundsSeconds: [Double] = [
        0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
    ]

    /// The number of counts: one for each bound, and one for what is longer than all of them.
    package static let bucketCount = 12

    private var counts = InlineArray<12, UInt64>(repeating: 0)

    /// The sum of all times added, in seconds.
    package private(set) var sumSeconds = 0.0

    package init() {}

    /// How many times were added.
    package var count: UInt64 {
        var total: UInt64 = 0
        for index in counts.indices { total &+= counts[index] }
        return total
    }

    /// The count of each bucket on its own (not cumulative), `bucketCount` of them.
    package var bucketCounts: [UInt64] { counts.indices.map { counts[$0] } }

    /// The index of the bucket that counts a time; at most `bucketCount - 1`.
    package static func bucketIndex(forSeconds seconds: Double) -> Int {
        upperBoundsSeconds.firstIndex { seconds <= $0 } ?? upperBoundsSeconds.count
    }

    /// Counts one time in seconds.
    ///
    /// A time that is negative or not finite cannot come from a monotonic clock. It is left out,
    /// since one of them would spoil the sum for good.
    package mutating func add(seconds: Double) {
        guard seconds.isFinite, seconds >= 0 else { return }
        counts[Self.bucketIndex(forSeconds: seconds)] &+= 1
        sumSeconds += seconds
    }

    /// Adds everything that another histogram has counted.
    package mutating func merge(_ other: Self) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        sumSeconds += other.sumSeconds
    }
}

extension PauseHistogram: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        guard left.sumSeconds == right.sumSeconds else { return false }
        return left.counts.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
    }
}
