// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Decides which keys have a series of their own; holds no amounts.
///
/// Places change only in `rank(nowNanoseconds:)`. A key that has one keeps it until it has been
/// idle for an hour, or until a candidate weighs four times as much: a series that comes and goes
/// cannot be queried. Weights halve every five minutes. An amount is aged from the ranking before
/// it, so ages are right to one window.
package struct StickyAdmission<Key: Hashable & Sendable>: Sendable {
    /// A place and the key that has it.
    package struct Slot: Sendable {
        package let key: Key
        /// When the key was admitted: the start of its series.
        package let sinceNanoseconds: UInt64
        fileprivate var weight: Double
        fileprivate var lastActiveNanoseconds: UInt64
        fileprivate var isFresh: Bool
    }

    /// Where an observed key stands.
    package enum Placement: Hashable, Sendable {
        /// It has the slot of this index.
        case slot(Int)
        /// It has none; to track it, another candidate may have been forgotten.
        case candidate(forgotten: Key?)
    }

    /// What a ranking did to one slot; a slot may be vacated and filled in the same ranking.
    package enum Change: Hashable, Sendable {
        case vacated(slot: Int)
        case admitted(slot: Int, key: Key)
    }

    package let limits: StickyLimits
    /// As many as `limits.slots`; nil is a free one.
    package private(set) var slots: [Slot?]
    private var indices: [Key: Int] = [:]
    private var candidates: SpaceSaving<Key>
    private var decay: ForwardDecay
    private var begunNanoseconds: UInt64?
    private var lastRankNanoseconds: UInt64 = 0

    package init(limits: StickyLimits) {
        self.limits = limits
        slots = Array(repeating: nil, count: max(1, limits.slots))
        candidates = SpaceSaving(capacity: limits.candidates)
        decay = ForwardDecay(halfLifeNanoseconds: limits.halfLifeNanoseconds)
    }

    /// How many keys without a slot are tracked now.
    package var candidateCount: Int { candidates.entries.count }

    /// The slot a key has now.
    package func slotIndex(of key: Key) -> Int? { indices[key] }

    /// Notes that a key was active, with what weight (0 keeps a slot alive; less counts as 0).
    package mutating func observe(_ key: Key, weight: Double) -> Placement {
        let weight = weight.isFinite ? max(0, weight) * decay.growth : 0
        guard let index = indices[key] else {
            return .candidate(forgotten: candidates.add(key, weight: weight))
        }
        slots[index]?.weight += weight
        slots[index]?.isFresh = true
        return .slot(index)
    }

    /// Ends a window: frees idle slots, then fills and exchanges slots by weight.
    ///
    /// Only candidates seen since the last ranking are admitted, and by the weight they have for
    /// certain. Returns nil, and changes nothing, while the warm-up lasts. Time that runs backwards
    /// stands still.
    package mutating func rank(nowNanoseconds: UInt64) -> [Change]? {
        let now = max(nowNanoseconds, lastRankNanoseconds)
        lastRankNanoseconds = now
        age(to: now)
        let begun = begunNanoseconds ?? now
        begunNanoseconds = begun
        guard now - begun >= limits.warmUpNanoseconds else { return nil }
        var changes = vacateIdle(now: now)
        changes += fillFree(now: now)
        changes += exchange(now: now)
        candidates.markAllStale()
        return changes
    }

    private mutating func age(to now: UInt64) {
        if let factor = decay.advance(toNanoseconds: now) {
            candidates.scale(by: factor)
            for index in slots.indices { slots[index]?.weight *= factor }
        }
        for index in slots.indices where slots[index]?.isFresh == true {
            slots[index]?.lastActiveNanoseconds = now
            slots[index]?.isFresh = false
        }
    }

    private mutating func vacateIdle(now: UInt64) -> [Change] {
        var changes: [Change] = []
        for index in slots.indices {
            guard let slot = slots[index],
                now - slot.lastActiveNanoseconds >= limits.idleNanoseconds
            else { continue }
            slots[index] = nil
            indices[slot.key] = nil
            changes.append(.vacated(slot: index))
        }
        return changes
    }

    private mutating func fillFree(now: UInt64) -> [Change] {
        var changes: [Change] = []
        for index in slots.indices where slots[index] == nil {
            guard let entry = candidates.heaviestFresh() else { break }
            admit(entry, to: index, now: now)
            changes.append(.admitted(slot: index, key: entry.key))
        }
        return changes
    }

    private mutating func exchange(now: UInt64) -> [Change] {
        var changes: [Change] = []
        // Each turn puts a heavier key in the weakest slot, so there are at most as many as slots.
        for _ in slots.indices {
            guard let weakest = weakestSlot(), let slot = slots[weakest],
                let entry = candidates.heaviestFresh(), entry.certainWeight > 0,
                entry.certainWeight >= limits.displacementFactor * slot.weight
            else { break }
            admit(entry, to: weakest, now: now)
            indices[slot.key] = nil
            // It competes on with the weight it had, but not before it is seen again.
            _ = candidates.add(slot.key, weight: slot.weight, isFresh: false)
            changes.append(.vacated(slot: weakest))
            changes.append(.admitted(slot: weakest, key: entry.key))
        }
        return changes
    }

    private mutating func admit(_ entry: SpaceSaving<Key>.Entry, to index: Int, now: UInt64) {
        candidates.remove(entry.key)
        slots[index] = Slot(
            key: entry.key,
            sinceNanoseconds: now,
            weight: entry.certainWeight,
            lastActiveNanoseconds: now,
            isFresh: false
        )
        indices[entry.key] = index
    }

    private func weakestSlot() -> Int? {
        var weakest: (index: Int, weight: Double)?
        for (index, slot) in slots.enumerated() {
            guard let slot else { continue }
            if let known = weakest, known.weight <= slot.weight { continue }
            weakest = (index, slot.weight)
        }
        return weakest?.index
    }
}
