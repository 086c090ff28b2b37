// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct RecordingSummaryTests {
    @Test func countsStacksByTheirEnd() {
        var summary = RecordingSummary()
        summary.count(.complete)
        summary.count(.complete)
        summary.count(.truncated(.frameLimit))
        summary.count(.broken(.unmapped))
        #expect(summary.stacks == 4)
        #expect(summary.completeStacks == 2)
        #expect(summary.truncated[.frameLimit] == 1)
        #expect(summary.broken[.unmapped] == 1)
    }
}
