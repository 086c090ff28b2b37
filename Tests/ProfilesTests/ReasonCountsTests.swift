// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct ReasonCountsTests {
    private enum Colour: String, CountedReason {
        case red
        case green
        case blue
    }

    @Test func everyReasonIsThereFromZeroInOrder() {
        let counts = ReasonCounts<Colour>()
        #expect(counts.entries.map(\.reason) == [.red, .green, .blue])
        #expect(counts.entries.allSatisfy { $0.count == 0 })
    }

    @Test func reasonsAreCountedApart() {
        var counts = ReasonCounts<Colour>()
        counts.increment(.green)
        counts.increment(.blue, by: 5)
        counts[.red] = 7
        #expect(counts.entries.map(\.count) == [7, 1, 5])
        #expect(counts[.green] == 1)
        #expect(counts.total == 13)
        counts[.green] = 0
        #expect(counts.counted.map(\.reason) == [.red, .blue])
    }

    @Test func mergeAddsReasonByReason() {
        var left = ReasonCounts<Colour>()
        left.increment(.red)
        var right = left
        right.increment(.blue, by: 2)
        left.merge(right)
        #expect(left.entries.map(\.count) == [2, 0, 2])
        #expect(right.entries.map(\.count) == [1, 0, 2])
        #expect(left != right)
        left[.red] = 1
        #expect(left == right)
    }
}
