// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The series of one group and label: the heaviest keys by name, the rest in `other`.
///
/// What the counters promise:
/// - an amount is counted once, in its key's series or in `other`, and never moved afterwards;
/// - a series never falls while it lives; one that loses its slot vanishes whole and begins at 0
///   if it returns; `other` and the permanent series never fall and never vanish.
///
/// When an amount is counted: at once if its key has a slot. Else it waits for the next ranking and
/// goes into the slot that the key is given there, or into `other`. During the warm-up it waits on,
/// so the first keys to come are not admitted blindly. What waits is bounded: only candidates
/// have waiting amounts, and a candidate that is forgotten leaves its own to `other`.
package struct StickyTable<Key: Hashable & Sendable>: Sendable {
    /// Which of the two amounts decides who is admitted.
    package enum Weighting: Hashable, Sendable {
        case samples
        case seconds
    }

    /// One series as it is to be exported.
    package struct Series: Hashable, Sendable {
        package let key: Key
        package let amount: SeriesAmount
        /// When it began at 0; nil if it has been there from the start.
        package let sinceNanoseconds: UInt64?
    }

    private let other: Key
    private let weighting: Weighting
    private let permanentKeys: [Key]
    private var permanent: [Key: SeriesAmount]
    private var admission: StickyAdmission<Key>
    private var amounts: [SeriesAmount]
    private var waiting: [Key: SeriesAmount] = [:]

    /// What was counted under no name of its own.
    package private(set) var otherAmount = SeriesAmount()
    /// How often a key's amount, or its sum over one window, went into `other` for want of a slot.
    package private(set) var overflows: UInt64 = 0

    /// An empty table.
    ///
    /// - Parameters:
    ///   - other: The key under which the rest is exported. Added by name, it counts as the rest.
    ///   - permanent: Keys that have a series beside the slots, from 0 and for good.
    package init(
        other: Key,
        permanent: [Key] = [],
        limits: StickyLimits,
        weighting: Weighting
    ) {
        self.other = other
        self.weighting = weighting
        var amounts: [Key: SeriesAmount] = [:]
        var keys: [Key] = []
        for key in permanent where key != other {
            if amounts.updateValue(SeriesAmount(), forKey: key) == nil { keys.append(key) }
        }
        permanentKeys = keys
        self.permanent = amounts
        admission = StickyAdmission(limits: limits)
        self.amounts = Array(repeating: SeriesAmount(), count: admission.slots.count)
    }

    /// Counts an amount for a key; nothing is counted for an empty amount.
    package mutating func add(_ key: Key, _ amount: SeriesAmount) {
        guard !amount.isZero else { return }
        if key == other {
            otherAmount += amount
        } else if permanent[key] != nil {
            permanent[key]? += amount
        } else {
            place(key, amount)
        }
    }

    /// Ends a window: admits, and counts what has waited.
    package mutating func rank(nowNanoseconds: UInt64) {
        guard let changes = admission.rank(nowNanoseconds: nowNanoseconds) else { return }
        for change in changes {
            switch change {
            case .vacated(let slot):
                amounts[slot] = SeriesAmount()
            case .admitted(let slot, let key):
                amounts[slot] = waiting.removeValue(forKey: key) ?? SeriesAmount()
            }
        }
        for amount in waiting.values { overflow(amount) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// The permanent series, those with a slot, and `other`, in this order.
    package var series: [Series] {
        var series = permanentKeys.map {
            Series(key: $0, amount: permanent[$0] ?? SeriesAmount(), sinceNanoseconds: nil)
        }
        for (slot, amount) in zip(admission.slots, amounts) {
            guard let slot else { continue }
            series.append(
                Series(key: slot.key, amount: amount, sinceNanoseconds: slot.sinceNanoseconds)
            )
        }
        series.append(Series(key: other, amount: otherAmount, sinceNanoseconds: nil))
        return series
    }

    /// What has been added and is in no series yet.
    package var waitingAmount: SeriesAmount { waiting.values.reduce(SeriesAmount(), +) }

    private mutating func place(_ key: Key, _ amount: SeriesAmount) {
        let weight =
            switch weighting {
            case .samples: Double(amount.samples)
            case .seconds: amount.seconds
            }
        switch admission.observe(key, weight: weight) {
        case .slot(let index):
            amounts[index] += amount
        case .candidate(let forgotten):
            if let forgotten, let left = waiting.removeValue(forKey: forgotten) {
                overflow(left)
            }
            waiting[key, default: SeriesAmount()] += amount
        }
    }

    private mutating func overflow(_ amount: SeriesAmount) {
        otherAmount += amount
        overflows &+= 1
    }
}
