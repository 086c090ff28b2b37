// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct SpaceSavingTests {
    @Test func newKeyTakesTheLightestPlaceAndItsWeightAsError() {
        var table = SpaceSaving<String>(capacity: 2)
        #expect(table.add("a", weight: 5) == nil)
        #expect(table.add("b", weight: 3) == nil)
        #expect(table.add("c", weight: 1) == "b")
        #expect(table.heaviestFresh()?.key == "a")
        #expect(table.entries.first { $0.key == "c" }?.weight == 4)
        #expect(table.entries.first { $0.key == "c" }?.certainWeight == 1)
    }

    @Test func removedKeyLeavesTheOthersInPlace() {
        var table = SpaceSaving<Int>(capacity: 4)
        for key in 0..<4 { _ = table.add(key, weight: Double(key)) }
        table.remove(0)
        table.remove(9)
        _ = table.add(3, weight: 10)
        _ = table.add(1, weight: 1)
        #expect(Set(table.entries.map(\.key)) == [1, 2, 3])
        #expect(table.entries.first { $0.key == 3 }?.weight == 13)
        #expect(table.entries.first { $0.key == 1 }?.weight == 2)
    }

    @Test func staleKeysAreNotOffered() {
        var table = SpaceSaving<Int>(capacity: 4)
        _ = table.add(1, weight: 9)
        table.markAllStale()
        #expect(table.heaviestFresh() == nil)
        _ = table.add(2, weight: 1)
        #expect(table.heaviestFresh()?.key == 2)
        _ = table.add(1, weight: 0)
        #expect(table.heaviestFresh()?.key == 1)
    }

    @Test func weightIsBoundedFromBothSides() throws {
        var generator = SplitMix64(seed: 9)
        var table = SpaceSaving<Int>(capacity: 16)
        var truth: [Int: Double] = [:]
        for _ in 0..<20_000 {
            let limit = Int.random(in: 1...200, using: &generator)
            let key = Int.random(in: 0..<limit, using: &generator)
            truth[key, default: 0] += 1
            _ = table.add(key, weight: 1)
            try #require(table.entries.count <= 16)
        }
        for entry in table.entries {
            let known = truth[entry.key, default: 0]
            #expect(entry.certainWeight <= known && known <= entry.weight)
        }
    }
}
