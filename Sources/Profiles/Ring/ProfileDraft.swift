// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A window that is being added up.
package struct ProfileDraft: Sendable {
    private struct Key: Hashable {
        let stack: ArchivedStack
        let labels: Int32
        let slice: UInt16?
    }

    /// Most rows.
    private let rowLimit: Int
    private var rows: [Key: SeriesAmount] = [:]
    /// Rows that found no room; their weight is that of the stack `[other]` then.
    package private(set) var overflows: UInt64 = 0

    package init(rowLimit: Int = 1 << 15) { self.rowLimit = rowLimit }

    /// Adds weight to a stack.
    ///
    /// - Parameters:
    ///   - other: where it goes if there is no room.
    ///   - slice: the part of the window; nil where it is not known.
    package mutating func add(
        _ stack: ArchivedStack,
        orTo other: ArchivedStack?,
        labels: Int32,
        slice: UInt16?,
        _ amount: SeriesAmount
    ) {
        var key = Key(stack: stack, labels: labels, slice: slice)
        if rows.count >= rowLimit, rows[key] == nil {
            overflows += 1
            guard let other else { return }
            key = Key(stack: other, labels: labels, slice: nil)
        }
        rows[key, default: SeriesAmount()] += amount
    }

    var samples: [ArchivedSample] {
        rows.map { key, amount in
            ArchivedSample(
                node: key.stack.node,
                end: key.stack.end,
                labels: key.labels,
                slice: key.slice,
                count: UInt32(clamping: amount.samples),
                nanoseconds: UInt64((min(amount.seconds, 1e9) * 1e9).rounded())
            )
        }
    }
}
