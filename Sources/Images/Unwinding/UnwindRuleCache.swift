// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The rules that were asked for last, by address: a hot frame costs one look.
///
/// It is a class with memory of its own, since the look is most of what a step costs: a stored
/// property of the table would be checked for overlapping access at each.
final class UnwindRuleCache {
    private struct Entry: BitwiseCopyable {
        var address: UInt64
        var rule: UnwindRule
    }

    private let entries: UnsafeMutablePointer<Entry>
    private let count: Int

    /// An empty cache, the larger the more functions there are.
    init(functionCount: Int) {
        var count = Self.smallest
        while count < Self.largest, count < functionCount { count *= 2 }
        self.count = count
        entries = .allocate(capacity: count)
        // No page is at the last address.
        let nothing = Entry(address: UInt64.max, rule: UnwindRule(.gap))
        unsafe entries.initialize(repeating: nothing, count: count)
    }

    deinit { unsafe entries.deallocate() }

    private static let smallest = 32
    private static let largest = 2048

    /// The memory of the cache, in bytes.
    var byteCount: Int { count * MemoryLayout<Entry>.stride }

    /// The rule of an address, counted from the first page; nil if it is not remembered.
    func rule(for address: UInt64) -> UnwindRule? {
        let entry = unsafe entries[place(of: address)]
        return entry.address == address ? entry.rule : nil
    }

    /// Remembers a rule, in the place of another.
    func set(_ rule: UnwindRule, for address: UInt64) {
        unsafe entries[place(of: address)] = Entry(address: address, rule: rule)
    }

    /// Call sites lie a few bytes apart, so all low bits count; below `count`, a power of two.
    private func place(of address: UInt64) -> Int {
        Int(truncatingIfNeeded: address ^ address >> 11) & (count - 1)
    }
}
