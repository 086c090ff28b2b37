// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The names of all tables of a file, one table's after the other.
struct SymbolTableNames {
    let bytes: [UInt8]
    /// Where each table's names begin, in order.
    let starts: [UInt32]

    /// The bytes without the names of tables from which nothing was taken, and the rows that point
    /// into what is left.
    ///
    /// All that a stripped file still has is often in its debug file too.
    func keeping(_ rows: [SymbolTable.Row]) -> (names: [UInt8], rows: [SymbolTable.Row]) {
        var isUsed = [Bool](repeating: false, count: starts.count)
        for row in rows {
            if let table = table(of: row.name) { isUsed[table] = true }
        }
        guard isUsed.contains(false) else { return (bytes, rows) }
        var kept: [UInt8] = []
        var shifts: [UInt32] = []
        // A growing array may take twice its length, and this one stays.
        kept.reserveCapacity(starts.indices.reduce(0) { $0 + (isUsed[$1] ? count($1) : 0) })
        for table in starts.indices {
            shifts.append(starts[table] &- UInt32(truncatingIfNeeded: kept.count))
            if isUsed[table] {
                let start = Int(starts[table])
                kept += bytes[start..<(start + count(table))]
            }
        }
        let moved = rows.map { row in
            var row = row
            if let table = table(of: row.name) { row.name &-= shifts[table] }
            return row
        }
        return (kept, moved)
    }

    private func count(_ table: Int) -> Int {
        let end = table + 1 < starts.count ? Int(starts[table + 1]) : bytes.count
        return end - Int(starts[table])
    }

    /// The table whose names an offset is among; there are few.
    private func table(of name: UInt32) -> Int? { starts.lastIndex { $0 <= name } }
}
