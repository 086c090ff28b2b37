// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct GroupTableTests {
    private static let hour: UInt64 = 3_600_000_000_000

    private func names(_ table: GroupTable) -> Set<String> { Set(table.groups.map(\.name)) }

    @Test func heaviestGroupsHavePlacesFromTheFirstWindow() {
        var table = GroupTable(groupLimit: 2)
        table.openWindow([("a", 1), ("b", 3), ("c", 2)], nowNanoseconds: 0)
        #expect(names(table) == ["b", "c", "other"])
        #expect(table.overflows.groups == 1)
        for group in ["a", "b", "c"] { table.update(group) { $0.addPause(seconds: 1) } }
        #expect(table.groups.map(\.counters.pauseSeconds) == [1, 1, 1])
        #expect(table.groups.last?.name == "other")
    }

    @Test func idleGroupKeepsItsPlaceWhileItHasAProcess() {
        var table = GroupTable(groupLimit: 2)
        table.openWindow([("idle", 0), ("gone", 5)], nowNanoseconds: 0)
        #expect(names(table) == ["idle", "gone", "other"])
        table.openWindow([("idle", 0)], nowNanoseconds: Self.hour / 2)
        table.openWindow([("idle", 0)], nowNanoseconds: Self.hour)
        #expect(names(table) == ["idle", "other"])
    }

    @Test func returningGroupBeginsAtZero() {
        var table = GroupTable(groupLimit: 1)
        table.openWindow([("a", 1)], nowNanoseconds: 0)
        table.update("a") { $0.addPause(seconds: 1) }
        table.openWindow([], nowNanoseconds: Self.hour)
        table.openWindow([("a", 1)], nowNanoseconds: Self.hour + 1)
        #expect(table.groups.first?.counters.pauseSeconds == 0)
        #expect(table.groups.first?.sinceNanoseconds == Self.hour + 1)
    }

    @Test func groupCalledOtherIsOther() {
        var table = GroupTable(groupLimit: 2)
        table.openWindow([("other", 9)], nowNanoseconds: 0)
        table.update("other") { $0.addPause(seconds: 1) }
        #expect(table.groups.map(\.name) == ["other"])
        #expect(table.groups.last?.counters.pauseSeconds == 1)
        #expect(table.overflows.groups == 0)
    }

    @Test func gaugesAreRebuiltAndCountersStay() {
        var table = GroupTable(groupLimit: 1)
        for now in 0..<2 as Range<UInt64> {
            table.openWindow([("a", 1), ("b", 0)], nowNanoseconds: now)
            for group in ["a", "b"] {
                table.update(group) {
                    $0.gauges.processes += 1
                    $0.addPause(seconds: 1)
                }
            }
        }
        #expect(table.groups.map(\.counters.gauges.processes) == [1, 1])
        #expect(table.groups.map(\.counters.pauseSeconds) == [2, 2])
    }

    @Test func overflowsOfVanishedGroupsStayCounted() {
        var table = GroupTable(groupLimit: 1, warmUpNanoseconds: 0)
        table.openWindow([("a", 1)], nowNanoseconds: 0)
        table.update("a") { counters in
            for number in 0..<20 { counters.addSyscall("c\(number)", samples: 1) }
        }
        table.closeWindow(nowNanoseconds: 0)
        #expect(table.overflows.systemCalls == 12)
        table.openWindow([], nowNanoseconds: Self.hour)
        #expect(names(table) == ["other"])
        #expect(table.overflows.systemCalls == 12)
        #expect(table.overflows.functions == 0)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func countersNeverFallUnderRandomAdmission(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var table = GroupTable(groupLimit: 3)
        var previous: [String: GroupTable.Group] = [:]
        var exchanges = 0
        for turn in 0..<2_000 as Range<UInt64> {
            var activity: [(group: String, cpuSeconds: Double)] = []
            for number in 0..<8 where Bool.random(using: &generator) {
                let isHot = UInt64(number) == turn / 250
                activity.append(
                    ("g\(number)", Double.random(in: 0...(isHot ? 50 : 1), using: &generator))
                )
            }
            table.openWindow(activity, nowNanoseconds: turn * 10_000_000_000)
            for (group, seconds) in activity {
                table.update(group) { $0.addPause(seconds: seconds) }
            }
            let current = Dictionary(uniqueKeysWithValues: table.groups.map { ($0.name, $0) })
            try #require(current.count <= 4)
            for (name, old) in previous {
                guard let new = current[name], new.sinceNanoseconds == old.sinceNanoseconds else {
                    exchanges += 1
                    continue
                }
                try #require(new.counters.pauseSeconds >= old.counters.pauseSeconds)
            }
            previous = current
        }
        #expect(exchanges > 0)
    }
}
