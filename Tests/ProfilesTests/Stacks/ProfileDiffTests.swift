// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct ProfileDiffTests {
    private func profile(_ stacks: [(String, UInt64)]) -> Profile {
        var fixture = StackFixture()
        for (stack, samples) in stacks { fixture.add(stack, samples: samples) }
        return fixture.build()
    }

    private func diff(
        _ base: [(String, UInt64)],
        _ new: [(String, UInt64)],
        isNormalized: Bool = true
    ) -> ProfileDiff {
        ProfileDiff(
            ProfileComparison(
                base: ProfileComparison.Side(name: "base", profile: profile(base)),
                new: ProfileComparison.Side(name: "new", profile: profile(new)),
                isNormalized: isNormalized
            )
        )
    }

    @Test func putsTheFunctionThatBecameSlowerOnTop() throws {
        // Shares of all others fall with it, and the largest of them falls by nearly as much.
        let diff = diff(
            [("main a", 10), ("main z", 85), ("main b", 5)],
            [("main a", 30), ("main z", 85), ("main b", 5)]
        )
        let top = try #require(diff.rows.first)
        #expect(top.function == "a")
        #expect(abs(top.own.difference - 0.15) < 1e-9)
        #expect(abs(try #require(top.own.factor) - 2.5) < 1e-9)
        #expect(diff.rows.map(\.function) == ["a", "z", "b", "main"])
        #expect(diff.rows.last?.total.difference == 0)
    }

    @Test func putsIncreasesBeforeEqualDecreases() {
        // Of two functions one loses exactly what the other gains.
        let rows = diff([("a", 3), ("z", 7)], [("a", 3), ("z", 21)]).rows
        #expect(rows.map(\.function) == ["z", "a"])
        let reversed = diff([("a", 3), ("z", 21)], [("a", 3), ("z", 7)]).rows
        #expect(reversed.map(\.function) == ["a", "z"])
    }

    @Test func comparesTimesAsTheyAreWhenAsked() {
        let rows = diff([("a", 1), ("b", 5)], [("a", 3), ("b", 5)], isNormalized: false).rows
        #expect(rows.map(\.function) == ["a", "b"])
        #expect(rows.map(\.own.difference) == [20, 0])
    }

    @Test func knowsWhatIsNewAndWhatIsGone() {
        let rows = diff([("f old", 1), ("f", 1)], [("f fresh", 1), ("f", 1)]).rows
        #expect(rows.map(\.function) == ["fresh", "old", "f"])
        #expect(rows[0].own.factor == nil && rows[0].own.new == 0.5)
        #expect(rows[1].own.new == 0 && rows[1].own.base == 0.5)
    }

    @Test func sortsEqualRowsByTotalsAndNames() {
        let rows = diff(
            [("x leaf", 1), ("y leaf", 1)],
            [("x leaf", 3), ("y leaf", 1)]
        ).rows
        #expect(rows.map(\.function) == ["x", "y", "leaf"])
    }

    @Test func countsRecursionOnce() {
        let rows = diff([("f f g f", 1)], [("f f g f", 2)], isNormalized: false).rows
        #expect(rows.first { $0.function == "f" }?.total.difference == 10)
    }

    @Test func hasNoRowsOfNothing() {
        #expect(diff([], []).rows.isEmpty)
    }
}
