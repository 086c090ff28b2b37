// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What is where: values by ranges of addresses, which may overlap.
struct AddressTable<Value> {
    private struct Entry {
        let start: UInt64
        let end: UInt64
        let value: Value
    }

    private var entries: [Entry] = []

    /// How many ranges that begin before an address may be passed over: where the linker has thrown
    /// functions away, their ranges all begin at 0.
    private static var overlapLimit: Int { 64 }

    var count: Int { entries.count }

    /// Adds a range; an empty one, or one that ends before it begins, is passed over.
    mutating func add(from start: UInt64, to end: UInt64, _ value: Value) {
        guard start < end else { return }
        entries.append(Entry(start: start, end: end, value: value))
    }

    /// Must follow the last `add`.
    mutating func sort() { entries.sort { $0.start < $1.start } }

    /// The value of the range that holds an address; of several, the one that begins last.
    func value(at address: UInt64) -> Value? {
        let low = entries.partitionPoint { $0.start <= address }
        return entries[..<low].suffix(Self.overlapLimit).last { address < $0.end }?.value
    }
}
