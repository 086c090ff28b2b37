// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct TargetRulesTests {
    @Test func isEmptyWithoutRules() {
        var rules = TargetRules()
        #expect(rules.isEmpty)
        rules.foldsChildren = true
        #expect(!rules.isEmpty)
    }
}
