// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The rows of a table that is being made, in order, each with the function around it.
struct SymbolTableRows {
    private(set) var rows: [SymbolTable.Row] = []
    /// How many functions were left out because too many others hold them.
    private(set) var nestedTooDeep = 0

    private let base: UInt64
    private let code: CodeRanges
    /// The functions that hold the address last added, the outermost first.
    private var open: [UInt32] = []

    /// - Parameters:
    ///   - base: The address that starts are counted from.
    ///   - code: Where the file has code.
    ///   - capacity: The most rows there can be.
    init(base: UInt64, code: CodeRanges, capacity: Int) {
        self.base = base
        self.code = code
        rows.reserveCapacity(capacity)
    }

    /// Adds a function; each start must be at or behind the one before.
    mutating func addSized(_ start: UInt32, _ size: UInt32, _ name: UInt32) {
        close(before: start)
        add(start, size, name)
    }

    /// Adds a function whose length is not known, unless it is a label within another one.
    ///
    /// - Parameter following: Where it ends at the latest; at its start where it may not extend.
    mutating func addUnsized(_ start: UInt32, reachingTo following: UInt32, _ name: UInt32) {
        close(before: start)
        guard open.isEmpty else { return }
        let address = base + UInt64(start)
        let section = (code.end(ofRangeHolding: address) ?? address) - address
        add(start, UInt32(min(UInt64(following - start), section)), name)
    }

    private mutating func close(before start: UInt32) {
        // Ends cannot overflow: the builder has cut every size.
        while let last = open.last, rows[Int(last)].start + rows[Int(last)].size <= start {
            open.removeLast()
        }
    }

    private mutating func add(_ start: UInt32, _ size: UInt32, _ name: UInt32) {
        guard open.count < SymbolTable.nestingLimit else {
            nestedTooDeep += 1
            return
        }
        let enclosing = open.last ?? SymbolTable.noRow
        open.append(UInt32(truncatingIfNeeded: rows.count))
        rows.append(
            SymbolTable.Row(start: start, size: size, name: name, enclosing: enclosing)
        )
    }
}
