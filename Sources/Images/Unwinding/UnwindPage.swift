// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The rows of 64 KiB of code, compiled: four bytes each.
struct UnwindPage {
    /// How many addresses a page has.
    static let span: UInt64 = 1 << 16

    /// The addresses of the page that begins at one; it ends with the address space at the latest.
    static func addresses(from start: UInt64) -> Range<UInt64> {
        let (end, wraps) = start.addingReportingOverflow(span)
        return start..<(wraps ? UInt64.max : end)
    }

    /// Which use of the table the page served last.
    var lastUse: UInt64 = 0

    /// An offset in the page in the upper half and the number of a rule in the lower, in order.
    ///
    /// The first row is at offset 0, so no lookup needs the page before. Empty if not compiled.
    private let rows: [UInt32]

    /// A page that is not compiled.
    init() { rows = [] }

    /// A page of rows.
    init(_ builder: UnwindPageBuilder) { rows = builder.rows }

    /// Whether there are rows to look in.
    var isCompiled: Bool { !rows.isEmpty }

    /// The memory of the rows, in bytes.
    var byteCount: Int { rows.count * MemoryLayout<UInt32>.stride }

    /// How many rows there are.
    var count: Int { rows.count }

    /// The number of the rule at an offset of the page.
    func rule(at offset: UInt16) -> UInt16 {
        // The last row that is not behind the offset.
        let key = UInt32(offset) << 16 | 0xffff
        var low = 0
        var length = rows.count
        while length > 1 {
            let half = length / 2
            low = rows[low + half] <= key ? low + half : low
            length -= half
        }
        return rows.isEmpty ? UnwindRuleSet.gap : UInt16(truncatingIfNeeded: rows[low])
    }
}

/// Collects the rows of a page in the order of their addresses.
struct UnwindPageBuilder {
    private(set) var rows: [UInt32] = [UInt32(UnwindRuleSet.gap)]

    /// Sets the rule from an offset on to the end of the page.
    ///
    /// An offset before the last one is ignored: nothing sorted has one.
    mutating func set(_ rule: UInt16, from offset: UInt16) {
        guard let last = rows.last, UInt16(last >> 16) <= offset else { return }
        if UInt16(last >> 16) == offset {
            rows.removeLast()
        }
        if let before = rows.last, UInt16(truncatingIfNeeded: before) == rule { return }
        rows.append(UInt32(offset) << 16 | UInt32(rule))
    }

    /// Sets the rule from an address of the page on; one beyond the page sets nothing.
    ///
    /// - Parameter addresses: Those of the page.
    mutating func set(_ rule: UInt16, from address: UInt64, in addresses: Range<UInt64>) {
        guard addresses.contains(address) else { return }
        set(rule, from: UInt16(truncatingIfNeeded: address - addresses.lowerBound))
    }

    /// Fills the gaps with the rows of another page.
    mutating func fillGaps(from other: UnwindPageBuilder) {
        var merged = UnwindPageBuilder()
        var (own, others) = (0, 0)
        while own < rows.count || others < other.rows.count {
            let ownOffset = own < rows.count ? rows[own] >> 16 : UInt32.max
            let otherOffset = others < other.rows.count ? other.rows[others] >> 16 : UInt32.max
            if ownOffset <= otherOffset { own += 1 }
            if otherOffset <= ownOffset { others += 1 }
            // Both have a row at offset 0, so neither count is 0 here.
            let ownRule = UInt16(truncatingIfNeeded: rows[own - 1])
            let otherRule = UInt16(truncatingIfNeeded: other.rows[others - 1])
            let offset = UInt16(truncatingIfNeeded: min(ownOffset, otherOffset))
            merged.set(ownRule == UnwindRuleSet.gap ? otherRule : ownRule, from: offset)
        }
        rows = merged.rows
    }
}
