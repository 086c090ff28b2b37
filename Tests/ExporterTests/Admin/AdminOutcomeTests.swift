// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Exporter

@Suite("AdminOutcome")
struct AdminOutcomeTests {
    @Test("each outcome has a status and a label of its own, and is told by the status")
    func statuses() {
        for outcome in AdminOutcome.allCases {
            #expect(AdminOutcome(status: outcome.status.code) == outcome)
        }
        #expect(Set(AdminOutcome.allCases.map(\.label.description)).count == 8)
        #expect(AdminOutcome(status: 302) == nil)
    }
}
