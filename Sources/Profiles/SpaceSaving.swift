// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The heaviest keys of a stream, in bounded memory (Metwally, Agrawal, El Abbadi 2005).
///
/// When the table is full a new key takes the place of the lightest and inherits its weight as its
/// error: weight is never below the truth, weight less error never above it.
struct SpaceSaving<Key: Hashable & Sendable>: Sendable {
    struct Entry: Sendable {
        let key: Key
        var weight: Double
        var error: Double
        /// Seen since `markAllStale()`.
        var isFresh: Bool

        /// What the key has for certain.
        var certainWeight: Double { weight - error }
    }

    let capacity: Int
    private(set) var entries: [Entry] = []
    private var indices: [Key: Int] = [:]

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Adds weight to a key; returns the key whose place it took.
    mutating func add(_ key: Key, weight: Double, isFresh: Bool = true) -> Key? {
        if let index = indices[key] {
            entries[index].weight += weight
            entries[index].isFresh = entries[index].isFresh || isFresh
            return nil
        }
        if entries.count < capacity {
            indices[key] = entries.count
            entries.append(Entry(key: key, weight: weight, error: 0, isFresh: isFresh))
            return nil
        }
        var lightest = 0
        for index in entries.indices where entries[index].weight < entries[lightest].weight {
            lightest = index
        }
        let displaced = entries[lightest]
        indices[displaced.key] = nil
        indices[key] = lightest
        entries[lightest] = Entry(
            key: key,
            weight: displaced.weight + weight,
            error: displaced.weight,
            isFresh: isFresh
        )
        return displaced.key
    }

    mutating func remove(_ key: Key) {
        guard let index = indices.removeValue(forKey: key), let last = entries.popLast() else {
            return
        }
        if index < entries.count {
            entries[index] = last
            indices[last.key] = index
        }
    }

    /// The fresh entry with the most certain weight; the earliest of equals.
    func heaviestFresh() -> Entry? {
        var best: Entry?
        for entry in entries where entry.isFresh {
            if let known = best, known.certainWeight >= entry.certainWeight { continue }
            best = entry
        }
        return best
    }

    mutating func markAllStale() {
        for index in entries.indices { entries[index].isFresh = false }
    }

    mutating func scale(by factor: Double) {
        for index in entries.indices {
            entries[index].weight *= factor
            entries[index].error *= factor
        }
    }
}
