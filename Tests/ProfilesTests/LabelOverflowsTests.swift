// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct LabelOverflowsTests {
    @Test func addsEachLabelToItself() {
        var sum = LabelOverflows(groups: 1, functions: 2, systemCalls: 3, waits: 4)
        sum += LabelOverflows(groups: 10, functions: 20, systemCalls: 30, waits: 40)
        #expect(sum == LabelOverflows(groups: 11, functions: 22, systemCalls: 33, waits: 44))
    }
}
