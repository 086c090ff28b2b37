// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct StackEndCountsTests {
    @Test func countsStacksByTheirEnd() {
        var counts = StackEndCounts()
        counts.count(.complete)
        counts.count(.complete)
        counts.count(.truncated(.frameLimit))
        counts.count(.broken(.unmapped))
        #expect(counts.total == 4)
        #expect(counts.complete == 2)
        #expect(counts.truncated[.frameLimit] == 1)
        #expect(counts.broken[.unmapped] == 1)
    }
}
