// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What each function weighs in two profiles, wherever it was called from.
package struct ProfileDiff: Sendable {
    package struct Row: Hashable, Sendable {
        /// As in `FrameName`.
        package let function: String
        /// As in `FrameName`; empty where functions are the same by their names alone.
        package let object: String
        /// As the leaf of a stack.
        package let own: ProfileChange
        /// Anywhere in a stack.
        package let total: ProfileChange
    }

    /// Those whose own weight changed most first; where that is equal, those that became more, then
    /// by the change of their totals, and by name and object.
    package let rows: [Row]
    package let comparison: ProfileComparison

    package init(_ comparison: ProfileComparison) {
        var functions = DiffFunctions(ignoresObjects: comparison.ignoresObjects)
        functions.add(comparison.base.profile) { DiffWeights(base: $0) }
        functions.add(comparison.new.profile) { DiffWeights(new: $0) }
        rows = functions.rows(of: comparison).sorted(by: Self.precedes)
        self.comparison = comparison
    }

    private static func precedes(_ left: Row, _ right: Row) -> Bool {
        let (own, other) = (left.own, right.own)
        if own.magnitude != other.magnitude { return own.magnitude > other.magnitude }
        let (grew, otherGrew) = (own.difference > 0, other.difference > 0)
        if own.magnitude > 0, grew != otherGrew { return grew }
        if left.total.magnitude != right.total.magnitude {
            return left.total.magnitude > right.total.magnitude
        }
        return (left.function, left.object) < (right.function, right.object)
    }
}

/// Adds up what functions weigh on two sides.
private struct DiffFunctions {
    struct Weights {
        var own = DiffWeights()
        var total = DiffWeights()
    }

    private let ignoresObjects: Bool
    private var weights: [FrameTable.Row: Weights] = [:]

    init(ignoresObjects: Bool) { self.ignoresObjects = ignoresObjects }

    /// Adds a profile to the side that the function makes weights of.
    mutating func add(_ profile: Profile, weights side: (UInt64) -> DiffWeights) {
        let table = FrameTable(profile)
        var places: [FrameTable.Row: Int] = [:]
        var keys: [FrameTable.Row] = []
        // Rows that differ in their objects alone may be one here.
        let place = table.rows.map { row in
            let key = ignoresObjects ? FrameTable.Row(function: row.function, object: "") : row
            if let known = places[key] { return known }
            keys.append(key)
            places[key] = keys.count - 1
            return keys.count - 1
        }
        var sums = [Weights](repeating: Weights(), count: keys.count)
        var lastSample = [Int](repeating: 0, count: keys.count)
        for (index, sample) in profile.samples.enumerated() {
            let weight = side(sample.nanoseconds)
            let path = table.path(of: sample).map { place[$0.row] }
            for row in path where lastSample[row] != index + 1 {
                lastSample[row] = index + 1
                sums[row].total += weight
            }
            if let leaf = path.last { sums[leaf].own += weight }
        }
        for (row, key) in keys.enumerated() where lastSample[row] > 0 {
            weights[key, default: Weights()].own += sums[row].own
            weights[key, default: Weights()].total += sums[row].total
        }
    }

    func rows(of comparison: ProfileComparison) -> [ProfileDiff.Row] {
        weights.map { key, weights in
            ProfileDiff.Row(
                function: key.function,
                object: key.object,
                own: comparison.change(weights.own),
                total: comparison.change(weights.total)
            )
        }
    }
}
