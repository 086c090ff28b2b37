// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What each function of a profile weighs, wherever it was called from.
package struct FunctionTable: Sendable {
    package struct Row: Hashable, Sendable {
        /// As in `FrameName`.
        package let function: String
        /// As in `FrameName`.
        package let object: String
        /// What it weighs as the leaf of a stack.
        package let own: ProfileWeight
        /// What the stacks weigh that it is in; a stack counts once, however often it is there.
        package let total: ProfileWeight
    }

    /// The heaviest first: by own weight, then total, then name and object.
    package let rows: [Row]
    /// What all stacks weigh together; the own weights add up to it.
    package let weight: ProfileWeight

    package init(_ profile: Profile) {
        let table = FrameTable(profile)
        var own = [ProfileWeight](repeating: ProfileWeight(), count: table.rows.count)
        var total = own
        // The stack that last counted for a row, by its place in the profile and from 1.
        var lastSample = [Int](repeating: 0, count: table.rows.count)
        for (index, sample) in profile.samples.enumerated() {
            let path = table.path(of: sample)
            for frame in path where lastSample[frame.row] != index + 1 {
                lastSample[frame.row] = index + 1
                total[frame.row] += sample.weight
            }
            if let leaf = path.last { own[leaf.row] += sample.weight }
        }
        rows = table.rows.indices
            .filter { lastSample[$0] > 0 }
            .map { index in
                Row(
                    function: table.rows[index].function,
                    object: table.rows[index].object,
                    own: own[index],
                    total: total[index]
                )
            }
            .sorted(by: Self.precedes)
        weight = profile.weight
    }

    private static func precedes(_ left: Row, _ right: Row) -> Bool {
        if left.own != right.own { return left.own > right.own }
        if left.total != right.total { return left.total > right.total }
        return (left.function, left.object) < (right.function, right.object)
    }
}
