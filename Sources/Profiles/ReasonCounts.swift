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
        precondition(
            cases.indices.allSatisfy { Self.index(of: cases[$0]) == $0 },
            "a counted set is an enum without payloads"
        )
    }

    /// Adds to a reason's count.
    package mutating func increment(_ reason: Reason, by amount: UInt64 = 1) {
        counts[Self.index(of: reason)] &+= amount
    }

    /// The count of one reason; settable, because gauges by state are kept in the same shape.
    package subscript(reason: Reason) -> UInt64 {
        get { counts[Self.index(of: reason)] }
        set { counts[Self.index(of: reason)] = newValue }
    }

    /// Adds the counts of another value, reason by reason.
    package mutating func merge(_ other: Self) {
        for index in cases.indices { counts[index] &+= other.counts[index] }
    }

    /// Every reason with its count, zeros included, in the order of the cases.
    package var entries: [(reason: Reason, count: UInt64)] {
        cases.indices.map { (cases[$0], counts[$0]) }
    }

    /// The reasons that were counted at all, in the order of the cases.
    package var counted: [(reason: Reason, count: UInt64)] { entries.filter { $0.count > 0 } }

    /// The sum over all reasons.
    package var total: UInt64 {
        cases.indices.reduce(0) { $0 &+ counts[$1] }
    }

    /// The case's place among all cases, in a time that does not grow with them.
    ///
    /// An enum without payloads is stored as that number, and as nothing where it has one case
    /// (Swift ABI, "Type Layout", C-like enums); `init` checks it.
    private static func index(of reason: Reason) -> Int {
        withUnsafeBytes(of: reason) { $0.first.map(Int.init) ?? 0 }
    }
}

extension ReasonCounts: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.cases.indices.allSatisfy { left.counts[$0] == right.counts[$0] }
    }
}
