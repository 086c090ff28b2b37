// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("AdminUsageCounter")
struct AdminUsageTests {
    private func lines(_ counter: AdminUsageCounter) -> [String] {
        let exposition = Exposition.encode(
            counter.counts.families(),
            as: .text,
            limit: ExpositionLimit()
        )
        return String(decoding: exposition.bytes, as: UTF8.self).split(separator: "\n")
            .map(String.init)
    }

    @Test("each outcome has a series from the beginning, and no rule is broken")
    func series() {
        let lines = lines(AdminUsageCounter())
        let requests = lines.filter { $0.hasPrefix("ptarmigan_admin_requests_total{") }
        #expect(requests.count == AdminOutcome.allCases.count)
        #expect(requests.allSatisfy { $0.hasSuffix(" 0") })
        #expect(MetricLint.findings(in: AdminUsageCounter().counts.families()) == [])
    }

    @Test("counts by outcome, and what is in progress")
    func counts() {
        let counter = AdminUsageCounter()
        counter.count(.notPermitted)
        counter.count(.notPermitted)
        counter.begin()
        counter.begin()
        counter.end()
        let found = lines(counter)
        #expect(found.contains("ptarmigan_admin_requests_total{outcome=\"not_permitted\"} 2"))
        #expect(found.contains("ptarmigan_admin_requests_total{outcome=\"served\"} 0"))
        #expect(found.contains("ptarmigan_admin_requests_in_progress 1"))
    }
}
