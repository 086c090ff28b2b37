// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The state of one histogram: buckets with finite bounds, and one above them all.
package struct HistogramValue: Sendable {
    /// A bucket and what fell into it alone (the encoder makes counts cumulative).
    package struct Bucket: Sendable {
        /// The inclusive upper bound in the family's unit, finite.
        package let upperBound: Double
        package let count: UInt64
        package let exemplar: Exemplar?

        package init(upperBound: Double, count: UInt64, exemplar: Exemplar? = nil) {
            self.upperBound = upperBound
            self.count = count
            self.exemplar = exemplar
        }
    }

    /// The buckets in rising order of their bounds.
    package let buckets: [Bucket]

    /// What was above the last bound, and an example of it.
    package let overflowCount: UInt64
    package let overflowExemplar: Exemplar?

    /// The sum of all observed values, in the family's unit.
    package let sum: Double

    package init(
        buckets: [Bucket],
        overflowCount: UInt64,
        overflowExemplar: Exemplar? = nil,
        sum: Double
    ) {
        self.buckets = buckets
        self.overflowCount = overflowCount
        self.overflowExemplar = overflowExemplar
        self.sum = sum
    }

    /// The state of a pause histogram, in seconds.
    ///
    /// - Parameter exemplars: by bucket, as `PauseHistogram.bucketIndex(forSeconds:)` numbers them.
    package init(_ histogram: PauseHistogram, exemplars: [Int: Exemplar] = [:]) {
        let counts = histogram.bucketCounts
        let bounds = PauseHistogram.upperBoundsSeconds
        self.init(
            buckets: bounds.indices.map {
                Bucket(upperBound: bounds[$0], count: counts[$0], exemplar: exemplars[$0])
            },
            overflowCount: counts[bounds.count],
            overflowExemplar: exemplars[bounds.count],
            sum: histogram.sumSeconds
        )
    }

    /// The state of a histogram of system calls, in seconds.
    package init(_ durations: CallDurations) {
        let counts = durations.bucketCounts
        let bounds = CallDurations.upperBoundsSeconds
        self.init(
            buckets: zip(bounds, counts).map { Bucket(upperBound: $0, count: $1) },
            overflowCount: counts[bounds.count],
            sum: durations.sumSeconds
        )
    }

    /// How many values were observed.
    package var count: UInt64 { buckets.reduce(overflowCount) { $0 &+ $1.count } }
}
