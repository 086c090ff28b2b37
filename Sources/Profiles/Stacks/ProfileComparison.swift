// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Two profiles, and how one is held against the other.
package struct ProfileComparison: Sendable {
    /// One of the two.
    package struct Side: Sendable {
        /// What it is called, such as the name of its file.
        package let name: String
        package let profile: Profile
        /// What all its stacks weigh.
        package let nanoseconds: UInt64

        package init(name: String, profile: Profile) {
            self.name = name
            self.profile = profile
            nanoseconds = profile.weight.nanoseconds
        }
    }

    package let base: Side
    package let new: Side
    /// Whether weights are parts of each side's whole, rather than times as they are.
    package let isNormalized: Bool
    /// Whether functions are the same by their names alone, since a side does not say where they
    /// are from.
    package let ignoresObjects: Bool

    package init(base: Side, new: Side, isNormalized: Bool = true) {
        self.base = base
        self.new = new
        self.isNormalized = isNormalized
        ignoresObjects = !base.profile.hasObjects || !new.profile.hasObjects
    }

    /// Whether weights of both sides are times.
    package var hasClock: Bool { base.profile.hasClock && new.profile.hasClock }

    /// Two weights, in parts of each whole or in nanoseconds.
    func change(_ weights: DiffWeights) -> ProfileChange {
        ProfileChange(
            weights: weights,
            base: amount(weights.base, of: base.nanoseconds),
            new: amount(weights.new, of: new.nanoseconds),
            isNormalized: isNormalized
        )
    }

    private func amount(_ weight: UInt64, of whole: UInt64) -> Double {
        guard isNormalized else { return Double(weight) }
        return whole > 0 ? Double(weight) / Double(whole) : 0
    }
}

/// What something weighs in two profiles.
package struct ProfileChange: Hashable, Sendable {
    package let weights: DiffWeights
    /// A part of the whole, at most 1, or nanoseconds.
    package let base: Double
    /// As `base`.
    package let new: Double
    let isNormalized: Bool

    /// Above 0 where it became more.
    package var difference: Double { new - base }

    /// How many times as much it is now; nil where it was nothing.
    package var factor: Double? { base > 0 ? new / base : nil }

    /// By how much it differs, without the last digits, which are those of the arithmetic: what one
    /// function gains the others lose, and the two have to be equal then.
    var magnitude: Double { (abs(difference) * (isNormalized ? 1e12 : 1)).rounded() }
}

extension Profile {
    fileprivate var hasObjects: Bool { locations.contains { $0.mapping != nil } }
}
