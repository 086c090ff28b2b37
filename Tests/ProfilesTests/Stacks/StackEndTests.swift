// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct StackEndTests {
    @Test func namesWhyItIsNotComplete() {
        #expect(StackEnd.complete.reason == nil)
        #expect(StackEnd.truncated(.copyEnd).reason == "copy_end")
        #expect(StackEnd.broken(.noRule).reason == "no_rule")
    }

    @Test func hasReasonsThatCanBeCounted() {
        var truncations = ReasonCounts<StackTruncation>()
        for reason in StackTruncation.allCases { truncations.increment(reason) }
        var breaks = ReasonCounts<StackBreak>()
        for reason in StackBreak.allCases { breaks.increment(reason) }
        #expect(truncations.entries.allSatisfy { $0.count == 1 })
        #expect(breaks.entries.allSatisfy { $0.count == 1 })
    }
}
