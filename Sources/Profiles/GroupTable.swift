// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The groups that have series of their own, and `other` for the rest.
///
/// A window goes: `openWindow` with what each group's processes used, which decides who has a
/// place; `update` for everything counted; `closeWindow`. Places are decided before amounts are
/// counted, so nothing waits, and each amount goes to its group or to `other` for good.
package struct GroupTable: Sendable {
    /// Groups with series of their own.
    package static let groupLimit = 24
    /// The name of the group of all others; a configured group of this name is part of it.
    package static let otherName = "other"

    /// One group as it is to be exported.
    package struct Group: Sendable {
        package let name: String
        package let counters: GroupCounters
        /// When its counters began at 0; nil for `other`.
        package let sinceNanoseconds: UInt64?
    }

    private let warmUpNanoseconds: UInt64
    private var admission: StickyAdmission<String>
    private var counters: [GroupCounters?]
    private var other: GroupCounters

    /// Of groups without a place for a window, and of all in groups that have vanished.
    private var pastOverflows = LabelOverflows()

    /// An empty table; the warm-up is that of each group's functions and system calls.
    package init(
        groupLimit: Int = Self.groupLimit,
        warmUpNanoseconds: UInt64 = GroupCounters.warmUpNanoseconds
    ) {
        self.warmUpNanoseconds = warmUpNanoseconds
        admission = StickyAdmission(limits: StickyLimits(slots: groupLimit))
        counters = Array(repeating: nil, count: admission.slots.count)
        other = GroupCounters(warmUpNanoseconds: warmUpNanoseconds)
    }

    /// Begins a window: every group that has a process now, and its CPU seconds since the last.
    ///
    /// Decides places, and empties the gauges, which `update` is to fill again.
    package mutating func openWindow(
        _ activity: [(group: String, cpuSeconds: Double)],
        nowNanoseconds: UInt64
    ) {
        for (group, seconds) in activity where group != Self.otherName {
            _ = admission.observe(group, weight: seconds)
        }
        for change in admission.rank(nowNanoseconds: nowNanoseconds) ?? [] {
            switch change {
            case .vacated(let slot):
                pastOverflows += counters[slot]?.overflows ?? LabelOverflows()
                counters[slot] = nil
            case .admitted(let slot, _):
                counters[slot] = GroupCounters(warmUpNanoseconds: warmUpNanoseconds)
            }
        }
        for (group, _) in activity where group != Self.otherName {
            if admission.slotIndex(of: group) == nil { pastOverflows.groups &+= 1 }
        }
        for index in counters.indices { counters[index]?.gauges = GroupGauges() }
        other.gauges = GroupGauges()
    }

    /// Changes a group's counters in place; those of `other` if the group has no place.
    package mutating func update<Result>(
        _ group: String,
        _ body: (inout GroupCounters) -> Result
    ) -> Result {
        guard let index = admission.slotIndex(of: group), var current = counters[index] else {
            return body(&other)
        }
        // Taken out while it is changed, so that its tables are not copied.
        counters[index] = nil
        defer { counters[index] = current }
        return body(&current)
    }

    /// Ends a window: ranks the functions and system calls of every group.
    package mutating func closeWindow(nowNanoseconds: UInt64) {
        for index in counters.indices { counters[index]?.rank(nowNanoseconds: nowNanoseconds) }
        other.rank(nowNanoseconds: nowNanoseconds)
    }

    /// The groups that have a place, and `other` last.
    package var groups: [Group] {
        var groups: [Group] = []
        for (slot, counters) in zip(admission.slots, counters) {
            guard let slot, let counters else { continue }
            groups.append(
                Group(
                    name: slot.key,
                    counters: counters,
                    sinceNanoseconds: slot.sinceNanoseconds
                )
            )
        }
        groups.append(Group(name: Self.otherName, counters: other, sinceNanoseconds: nil))
        return groups
    }

    /// What went into `other`, over all groups that ever were; of groups, once for each window.
    package var overflows: LabelOverflows {
        groups.reduce(pastOverflows) { $0 + $1.counters.overflows }
    }
}
