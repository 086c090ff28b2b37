// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The order in which slots were last used: a doubly linked list in two arrays.
///
/// Slots are numbered from 0 without holes, and a removed one is given out again, so a caller
/// keeps what belongs to a slot in arrays of its own. Every step is O(1), and only a new highest
/// slot allocates.
struct RecencyList {
    private var next: [Int32] = []
    private var previous: [Int32] = []
    private var head = none
    private var tail = none
    private var free = none

    private static let none: Int32 = -1

    /// The slot used longest ago; nil of an empty list.
    var last: Int32? { tail == Self.none ? nil : tail }

    /// Takes a slot into use as the newest.
    mutating func insertAtFront() -> Int32 {
        let slot: Int32
        if free != Self.none {
            slot = free
            free = next[Int(slot)]
        } else {
            slot = Int32(next.count)
            next.append(Self.none)
            previous.append(Self.none)
        }
        linkAtFront(slot)
        return slot
    }

    /// Makes a slot in use the newest.
    mutating func moveToFront(_ slot: Int32) {
        guard slot != head else { return }
        unlink(slot)
        linkAtFront(slot)
    }

    /// Takes a slot out of use.
    mutating func remove(_ slot: Int32) {
        unlink(slot)
        next[Int(slot)] = free
        free = slot
    }

    private mutating func linkAtFront(_ slot: Int32) {
        previous[Int(slot)] = Self.none
        next[Int(slot)] = head
        if head != Self.none { previous[Int(head)] = slot }
        head = slot
        if tail == Self.none { tail = slot }
    }

    private mutating func unlink(_ slot: Int32) {
        let before = previous[Int(slot)]
        let after = next[Int(slot)]
        if before == Self.none { head = after } else { next[Int(before)] = after }
        if after == Self.none { tail = before } else { previous[Int(after)] = before }
    }
}
