// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Why an entry of a symbol table was left out.
package enum SymbolDrop: String, Hashable, Sendable, CaseIterable {
    /// Its name is empty.
    case unnamed
    /// Its name begins outside the string table.
    case nameOutside = "name_outside"
    /// Its name has no end.
    case nameUnterminated = "name_unterminated"
    /// Its name is longer than `SymbolTable.nameBytesLimit`.
    case nameTooLong = "name_too_long"
    /// It is a function, but no executable section holds its address.
    case outsideCode = "outside_code"
    /// It lies more than 4 GiB above the first segment, or below it.
    case outOfReach = "out_of_reach"
    /// It lies within more than `SymbolTable.nestingLimit` others.
    case nestedTooDeep = "nested_too_deep"
}

/// The functions of one file, sorted, with one row of 16 bytes for each.
///
/// Names stay in the bytes of the string tables, so a table is never larger than what it was made
/// from. Rows are found by binary search; where functions overlap, each row leads to the one around
/// it. An address that no function holds is a gap, and never part of the function before.
package struct SymbolTable: Sendable {
    /// The longest name that is kept, in bytes.
    package static let nameBytesLimit = 4096
    /// How many functions may hold one address.
    package static let nestingLimit = 64

    /// One function.
    struct Row: Sendable {
        /// Where it begins, from `base`.
        var start: UInt32
        /// Its length in bytes; 0 where only its first address is known to be its own.
        var size: UInt32
        /// Where its name begins in `names`; a zero byte ends it.
        var name: UInt32
        /// The row of the function around it, or `noRow`.
        var enclosing: UInt32
    }

    static let noRow = UInt32.max

    private let base: UInt64
    private let rows: [Row]
    private let names: [UInt8]

    /// How many entries were left out, by reason.
    package let drops: [SymbolDrop: Int]

    /// A table that names nothing.
    package init() { self.init(base: 0, rows: [], names: [], drops: [:]) }

    init(base: UInt64, rows: [Row], names: [UInt8], drops: [SymbolDrop: Int]) {
        self.base = base
        self.rows = rows
        self.names = names
        self.drops = drops
    }

    /// How many functions there are.
    package var count: Int { rows.count }

    /// Whether there is no function at all.
    package var isEmpty: Bool { rows.isEmpty }

    /// The memory that the table holds, in bytes.
    package var byteCount: Int { rows.capacity * MemoryLayout<Row>.stride + names.capacity }

    /// The function that holds an address, or nil where none does.
    ///
    /// Where functions overlap it is the one that begins last, the innermost.
    package func symbol(at address: ImageAddress) -> Symbol? {
        guard address.rawValue >= base,
            let target = UInt32(exactly: address.rawValue - base)
        else { return nil }
        let low = rows.partitionPoint { $0.start <= target }
        guard low > 0 else { return nil }
        var row = rows[low - 1]
        while target != row.start && target - row.start >= row.size {
            guard row.enclosing != Self.noRow else { return nil }
            row = rows[Int(row.enclosing)]
        }
        return symbol(row, at: target)
    }

    private func symbol(_ row: Row, at target: UInt32) -> Symbol {
        // The builder has seen the zero byte, and that neither end can overflow.
        let end = names[Int(row.name)...].firstIndex(of: 0) ?? names.endIndex
        let start = base + UInt64(row.start)
        let name = SymbolName(names[Int(row.name)..<end])
        return Symbol(
            name: name.shown,
            systemName: name.linker,
            offsetInFunction: UInt64(target - row.start),
            addresses: ImageAddress(start)..<ImageAddress(start + UInt64(row.size))
        )
    }
}
