// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One count per case of a closed set, in place: neither counting nor copying allocates.
package struct ReasonCounts<Reason: CountedReason>: Sendable {
    /// The most cases a set may have.
    package static var capacity: Int { 16 }

    // `allCases` builds an array at each call, so it is kept.
    private let cases: [Reason]
    private var counts = InlineArray<16, UInt64>(repeating: 0)

    /// All counts at 0.
    ///
    /// The set's size is fixed in source, so one too large is a programmer's error.
    package init() {
        cases = Array(Reason.allCases)
        precondition(cases.count <= Self.capacity, "a counted set holds at most 16 reasons")
    }

    /// Adds to a reason's count.
    package mutating func increment(_ reason: Reason, by amount: UInt64 = 1) {
        counts[index(of: reason)] &+= amount
    }

    /// The count of one reason; settable, because gauges by state are kept in the same shape.
    package subscript(reason: Reason) -> UInt64 {
        get { counts[index(of: reason)] }
        set { counts[index(of: reason)] = newValue }
    }

    /// Adds the counts of another value, reason by reason.
    package mutating func merge(_ other: Self) {
        for index in cases.indices { counts[index] &+= other.counts[index] }
    }

    /// Every reason with its count, zeros included, in the order of the cases.
    package var entries: [(reason: Reason, count: UInt64)] {
        cases.indices.map { (cases[$0], counts[$0]) }
    }

    /// The sum over all reasons.
    package var total: UInt64 {
        cases.indices.reduce(0) { $0 &+ counts[$1] }
    }

    private func index(of reason: Reason) -> Int {
        for index in cases.indices where cases[index] == reason { return index }
        // Not reached: `allCases` holds every case.
        return Self.capacity - 1
    }
}
