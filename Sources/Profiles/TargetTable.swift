// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What is sampled, and what is not and why, for people.
package struct TargetTable: Sendable {
    /// What became of processes.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case sampled
        /// By a rule, or because they are protected.
        case excluded
        /// By the kernel.
        case denied
    }

    /// Processes of which the same is to be said.
    package struct Row: Hashable, Sendable {
        package let standing: Standing
        /// The group, or the name of a program that is not sampled.
        package let name: String
        /// Why it is not sampled, and what to do about it; empty where it is.
        package let reason: String
        package var processCount: Int

        package init(standing: Standing, name: String, reason: String, processCount: Int) {
            self.standing = standing
            self.name = name
            self.reason = reason
            self.processCount = processCount
        }
    }

    /// Most rows.
    package static let rowLimit = 1_000

    /// What the kernel lets the agent do, by number and in words.
    package let tier: Int
    package let tierMeaning: String
    /// By standing, the most processes first.
    package private(set) var rows: [Row] = []
    /// Processes beyond the limit of rows.
    package private(set) var omittedCount = 0

    /// - Parameter rows: in any order; equal ones are added up.
    package init(tier: Int, tierMeaning: String, rows: some Sequence<Row>) {
        self.tier = tier
        self.tierMeaning = tierMeaning
        var counts: [Row: Int] = [:]
        for var row in rows {
            let count = row.processCount
            row.processCount = 0
            counts[row, default: 0] += count
        }
        let merged = counts.map { key, count in
            var row = key
            row.processCount = count
            return row
        }
        let sorted = merged.sorted(by: Self.precedes)
        self.rows = Array(sorted.prefix(Self.rowLimit))
        omittedCount = sorted.dropFirst(Self.rowLimit).reduce(0) { $0 + $1.processCount }
    }

    private static func precedes(_ left: Row, _ right: Row) -> Bool {
        let order = Standing.allCases
        let first = order.firstIndex(of: left.standing) ?? 0
        let second = order.firstIndex(of: right.standing) ?? 0
        if first != second { return first < second }
        if left.processCount != right.processCount { return left.processCount > right.processCount }
        return (left.name, left.reason) < (right.name, right.reason)
    }

    /// Processes of one standing.
    package func count(_ standing: Standing) -> Int {
        rows.reduce(0) { $1.standing == standing ? $0 + $1.processCount : $0 }
    }
}
