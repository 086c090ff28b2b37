// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Logging
import Testing

@testable import Agent

@Suite("LogCounts")
struct LogCountsTests {
    @Test("every level is served from the start, so that a first error is an increase")
    func families() {
        let counts = LogCounts()
        counts.count(.error)
        let exposition = Exposition.encode(
            counts.families(),
            as: .text,
            limit: ExpositionLimit()
        )
        let text = String(decoding: exposition.bytes, as: UTF8.self)
        #expect(exposition.seriesCount == 7)
        #expect(text.contains("ptarmigan_log_messages_total{level=\"error\"} 1\n"))
        #expect(text.contains("ptarmigan_log_messages_total{level=\"critical\"} 0\n"))
    }
}
