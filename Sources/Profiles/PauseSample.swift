// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Pauses of a recording, kept one by one so that any quantile is exact, up to a limit.
///
/// Beyond the limit each further pause takes a random place, so that what is kept stays a fair
/// sample of all (Vitter's algorithm R).
package struct PauseSample: Sendable {
    /// The most pauses that are kept: 8 MiB of them.
    package static let limit = 1 << 20

    /// All pauses together.
    package private(set) var totalNanoseconds: UInt64 = 0
    package private(set) var longestNanoseconds: UInt64 = 0
    package private(set) var count: UInt64 = 0
    private var kept: [UInt64] = []
    private var generator = SplitMix64(seed: 1)
    private let limit: Int

    package init(limit: Int = Self.limit) { self.limit = max(1, limit) }

    /// Counts one pause.
    package mutating func add(nanoseconds: UInt64) {
        totalNanoseconds &+= nanoseconds
        longestNanoseconds = max(longestNanoseconds, nanoseconds)
        count += 1
        guard kept.count >= limit else {
            kept.append(nanoseconds)
            return
        }
        let place = UInt64.random(in: 0..<count, using: &generator)
        if place < UInt64(limit) { kept[Int(place)] = nanoseconds }
    }

    /// The pause that a share of all do not exceed; nil if there was none.
    ///
    /// - Parameter share: from 0 to 1.
    package func quantile(_ share: Double) -> UInt64? {
        guard !kept.isEmpty, share >= 0, share <= 1 else { return nil }
        let rank = Int((share * Double(kept.count)).rounded(.up))
        return kept.sorted()[max(0, min(kept.count, rank) - 1)]
    }
}
