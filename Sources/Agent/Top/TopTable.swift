// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// What the rows of a live view weigh: in the latest period, and since the beginning.
///
/// Bounded, since a view can run for days: where there are too many rows, the lighter half becomes
/// one row, `[other]`, and is counted.
struct TopTable {
    /// What a row is of.
    enum Key: Hashable {
        case function(FrameTable.Row)
        case owner(OwnerTable.Owner)

        static let other = Key.function(FrameTable.Row(function: "[other]", object: ""))
    }

    struct Row: Hashable {
        let key: Key
        /// What an owner was busiest with when it last had any time; nil for a function.
        var busiest: FrameTable.Row?
        /// Nanoseconds in the latest period.
        var periodOwn: UInt64 = 0
        var periodTotal: UInt64 = 0
        /// Nanoseconds since the beginning.
        var own: UInt64 = 0
        var total: UInt64 = 0
    }

    static let usualLimit = 8_192

    /// What all rows weigh together in the latest period, in nanoseconds.
    private(set) var periodNanoseconds: UInt64 = 0
    /// The same since the beginning.
    private(set) var nanoseconds: UInt64 = 0
    /// How often a row was put into `[other]`.
    private(set) var mergedRows: UInt64 = 0
    private var rows: [Key: Row] = [:]
    private let limit: Int

    /// - Parameter limit: most rows, at least 2.
    init(limit: Int = Self.usualLimit) { self.limit = max(2, limit) }

    var count: Int { rows.count }

    /// Takes in a period's functions.
    mutating func add(_ table: FunctionTable) {
        beginPeriod(table.weight.nanoseconds)
        for row in table.rows {
            let name = FrameTable.Row(function: row.function, object: row.object)
            add(
                .function(name),
                own: row.own.nanoseconds,
                total: row.total.nanoseconds,
                busiest: nil
            )
        }
        mergeLightest()
    }

    /// Takes in a period's threads or groups.
    mutating func add(_ table: OwnerTable) {
        beginPeriod(table.weight.nanoseconds)
        for row in table.rows {
            add(
                .owner(row.owner),
                own: row.weight.nanoseconds,
                total: row.weight.nanoseconds,
                busiest: row.busiest
            )
        }
        mergeLightest()
    }

    /// The rows in an order; those that weigh the same by the rest of it and by name.
    func sorted(by order: TopOrder) -> [Row] {
        rows.values.sorted { left, right in
            for column in order.columns {
                let (first, second) = (left[keyPath: column], right[keyPath: column])
                if first != second { return first > second }
            }
            return left.key.sortText < right.key.sortText
        }
    }

    private mutating func beginPeriod(_ weight: UInt64) {
        for key in rows.keys {
            rows[key]?.periodOwn = 0
            rows[key]?.periodTotal = 0
        }
        periodNanoseconds = weight
        nanoseconds = nanoseconds &+ weight
    }

    private mutating func add(
        _ key: Key,
        own: UInt64,
        total: UInt64,
        busiest: FrameTable.Row?
    ) {
        var row = rows[key] ?? Row(key: key)
        row.periodOwn &+= own
        row.periodTotal &+= total
        row.own &+= own
        row.total &+= total
        if own > 0 || row.busiest == nil { row.busiest = busiest }
        rows[key] = row
    }

    private mutating func mergeLightest() {
        guard rows.count > limit else { return }
        var other = rows.removeValue(forKey: .other) ?? Row(key: .other)
        for row in sorted(by: .ownTime).dropFirst(limit / 2) {
            rows[row.key] = nil
            mergedRows += 1
            other.periodOwn &+= row.periodOwn
            other.own &+= row.own
        }
        // Stacks have several functions, so their totals can't be added up; what is own is a part
        // of them.
        other.periodTotal = other.periodOwn
        other.total = other.own
        rows[.other] = other
    }
}

/// A column that rows are sorted by.
enum TopOrder: Int, CaseIterable {
    case ownShare = 1
    case totalShare = 2
    case ownTime = 3
    case totalTime = 4

    /// The column, and those that decide where it is equal.
    fileprivate var columns: [KeyPath<TopTable.Row, UInt64>] {
        switch self {
        case .ownShare: [\.periodOwn, \.periodTotal, \.own, \.total]
        case .totalShare: [\.periodTotal, \.periodOwn, \.total, \.own]
        case .ownTime: [\.own, \.total, \.periodOwn, \.periodTotal]
        case .totalTime: [\.total, \.own, \.periodTotal, \.periodOwn]
        }
    }
}

extension TopTable.Key {
    fileprivate var sortText: String {
        switch self {
        case .function(let name): "\(name.function)\n\(name.object)"
        case .owner(let owner):
            "\(owner.name)\n\(owner.process?.rawValue ?? 0)\n\(owner.thread?.rawValue ?? 0)"
        }
    }
}
