// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a series counts: samples, and the seconds they stand for.
package struct SeriesAmount: Hashable, Sendable {
    package private(set) var samples: UInt64
    package private(set) var seconds: Double

    /// An amount; seconds below 0 or not finite are 0, so that adding never makes a sum fall.
    package init(samples: UInt64 = 0, seconds: Double = 0) {
        self.samples = samples
        self.seconds = seconds.isFinite ? max(0, seconds) : 0
    }

    package var isZero: Bool { samples == 0 && seconds == 0 }

    package static func + (left: Self, right: Self) -> Self {
        SeriesAmount(samples: left.samples &+ right.samples, seconds: left.seconds + right.seconds)
    }

    package static func += (left: inout Self, right: Self) { left = left + right }
}
