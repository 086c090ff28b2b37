// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ProfileComparisonTests {
    private func side(_ stacks: [(String, UInt64)]) -> ProfileComparison.Side {
        var fixture = StackFixture()
        for (stack, samples) in stacks { fixture.add(stack, samples: samples) }
        return ProfileComparison.Side(name: "x", profile: fixture.build())
    }

    @Test func comparesPartsOfEachWhole() throws {
        let comparison = ProfileComparison(
            base: side([("f", 1), ("g", 3)]),
            new: side([("f", 6), ("g", 2)])
        )
        // Each sample weighs 10 ns.
        let change = comparison.change(DiffWeights(base: 10, new: 60))
        #expect(change.base == 0.25 && change.new == 0.75)
        #expect(change.difference == 0.5)
        #expect(try #require(change.factor) == 3)
    }

    @Test func comparesTimesAsTheyAre() throws {
        let comparison = ProfileComparison(
            base: side([("f", 1)]),
            new: side([("f", 3)]),
            isNormalized: false
        )
        let change = comparison.change(DiffWeights(base: 10, new: 30))
        #expect(change.base == 10 && change.new == 30 && change.difference == 20)
    }

    @Test func hasNoFactorOfNothing() {
        let comparison = ProfileComparison(base: side([]), new: side([("f", 1)]))
        let change = comparison.change(DiffWeights(base: 0, new: 10))
        #expect(change.factor == nil && change.base == 0 && change.new == 1)
    }

    @Test func losesNothingToTheArithmetic() {
        let comparison = ProfileComparison(
            base: side([("f", 1), ("g", 2)]),
            new: side([("f", 3), ("g", 4)])
        )
        let up = comparison.change(DiffWeights(base: 10, new: 30))
        let down = comparison.change(DiffWeights(base: 20, new: 40))
        #expect(up.magnitude == down.magnitude && up.magnitude > 0)
    }

    @Test func ignoresObjectsWhereASideHasNone() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 0,
            target: ""
        )
        let function = builder.index(of: ProfileFunction(name: "f", systemName: "f"))
        let line = ProfileLocation.Line(function: function, line: 0)
        let location = builder.index(
            of: ProfileLocation(mapping: nil, address: Address(0), lines: [line])
        )
        builder.add(stack: [location], count: 1, nanoseconds: 1, end: .complete)
        let bare = ProfileComparison.Side(name: "bare", profile: builder.build())
        let full = side([("f", 1)])
        #expect(ProfileComparison(base: bare, new: full).ignoresObjects)
        #expect(ProfileComparison(base: full, new: bare).ignoresObjects)
        #expect(!ProfileComparison(base: full, new: full).ignoresObjects)
        #expect(!ProfileComparison(base: bare, new: full).hasClock)
        #expect(ProfileComparison(base: full, new: full).hasClock)

        let rows = ProfileDiff(ProfileComparison(base: bare, new: full)).rows
        #expect(rows.map(\.object) == [""])
        #expect(rows.map(\.own.difference) == [0])
    }
}
