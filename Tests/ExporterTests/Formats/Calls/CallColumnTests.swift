// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("CallColumn")
struct CallColumnTests {
    @Test(
        "has strace's other names as well",
        arguments: [
            ("time-percent", CallColumn.timePercent), ("time", .totalTime), ("count", .calls),
            ("calls", .calls), ("error", .errors), ("syscall", .name), ("avg-time", .averageTime),
            ("max_time", .longestTime), ("p99", .p99),
        ]
    )
    func names(text: String, column: CallColumn) {
        #expect(CallColumn(named: text) == column)
    }

    @Test("other words are no column")
    func unknown() {
        #expect(CallColumn(named: "colour") == nil)
        #expect(CallColumn(named: "") == nil)
    }

    @Test("each sorts by its own amount, the largest first, and by name where that is the same")
    func order() {
        func names(_ column: CallColumn) -> [String] {
            SampleCalls.timed.rows.sorted { column.ranks($0, before: $1) }.map(\.name)
        }
        #expect(names(.totalTime) == ["futex", "openat", "close"])
        #expect(names(.calls) == ["close", "openat", "futex"])
        #expect(names(.errors) == ["openat", "close", "futex"])
        #expect(names(.name) == ["close", "futex", "openat"])
        #expect(names(.averageTime) == ["futex", "openat", "close"])
        #expect(names(.p50) == ["futex", "close", "openat"])
    }
}
