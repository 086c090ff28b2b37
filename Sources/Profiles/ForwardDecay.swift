// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Weights that halve with age without being touched (Cormode et al., "Forward Decay", 2009).
///
/// New amounts are made heavier with time instead of old ones lighter, so stored weights keep their
/// ratios and only ratios are ever compared. The growth doubles once in a half-life and is linear
/// in between (at most 6 % off the exponential), which needs no mathematics library.
struct ForwardDecay: Sendable {
    private let halfLifeNanoseconds: UInt64
    private var landmarkNanoseconds: UInt64?

    /// What an amount added now is multiplied by; at least 1.
    private(set) var growth = 1.0

    init(halfLifeNanoseconds: UInt64) { self.halfLifeNanoseconds = max(1, halfLifeNanoseconds) }

    /// Moves to an instant; returns the factor by which all stored weights must be scaled, if any.
    ///
    /// Scaling is asked for every 64 half-lives, long before a `Double` would overflow.
    mutating func advance(toNanoseconds now: UInt64) -> Double? {
        guard let landmark = landmarkNanoseconds else {
            landmarkNanoseconds = now
            return nil
        }
        guard now > landmark else { return nil }
        let (halfLives, rest) = (now - landmark).quotientAndRemainder(
            dividingBy: halfLifeNanoseconds
        )
        let fraction = Double(rest) / Double(halfLifeNanoseconds)
        guard halfLives >= 64 else {
            growth = Double(sign: .plus, exponent: Int(halfLives), significand: 1 + fraction)
            return nil
        }
        landmarkNanoseconds = now - rest
        growth = 1 + fraction
        // Past 1,000 half-lives nothing is left of a weight in any case.
        return Double(sign: .plus, exponent: -Int(min(halfLives, 1_000)), significand: 1)
    }
}
