// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Testing

@testable import Agent

@Suite("CallOutput")
struct CallOutputTests {
    private let report = CallReport(
        title: "true",
        elapsedNanoseconds: 1_500_000_000,
        rows: [CallReport.Row(name: "close", calls: 3, errors: [], times: nil)],
        stops: 4,
        coverage: 1
    )

    private func written(isJSON: Bool, _ report: CallReport? = nil) throws -> String {
        let path = "/tmp/ptarmigan-call-output.\(getpid()).\(isJSON)"
        defer { unlink(path) }
        try CallOutput(
            path: path,
            isJSON: isJSON,
            columns: CallColumn.standard,
            order: .calls
        )
        .write(report ?? self.report)
        let file = open(path, O_RDONLY)
        try #require(file >= 0)
        defer { close(file) }
        return String(decoding: FileBytes.read(file, from: 0, upTo: 1 << 16), as: UTF8.self)
    }

    @Test("a table ends with what it rests on")
    func table() throws {
        let text = try written(isJSON: false)
        #expect(text.contains("        3 close\n"))
        #expect(text.hasSuffix("1.500 s, 4 stops; calls were seen for 100.00 % of the time\n"))
    }

    @Test("a table of windows says what those came to")
    func windows() throws {
        var ends = ReasonCounts<CallWindowEnd>()
        ends.increment(.pauseBudget, by: 3)
        var unwatched = ReasonCounts<UnwatchedReason>()
        unwatched.increment(.systemTime)
        let watched = CallReport(
            title: "process 4",
            elapsedNanoseconds: 2_000_000_000,
            rows: report.rows,
            stops: 6,
            coverage: 0.25,
            windows: CallReport.Windows(
                ends: ends,
                watchedNanoseconds: 500_000_000,
                heldNanoseconds: 20_000_000,
                longestHeldNanoseconds: 150_000,
                unwatched: unwatched,
                repairs: ReasonCounts(),
                shortTransfers: ReasonCounts()
            )
        )
        let lines = try written(isJSON: false, watched).split(separator: "\n").suffix(3)
        #expect(
            Array(lines) == [
                "2.000 s, 6 stops; calls were seen for 25.00 % of the time",
                "held for 0.020 s (1.00 %), 150 us at most; 3 windows, ended by 3 pause_budget",
                "left alone: 1 system_time threads",
            ]
        )
    }

    @Test("JSON is one object and nothing else")
    func json() throws {
        let text = try written(isJSON: true)
        #expect(text.hasPrefix("{") && text.hasSuffix("}\n"))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test("a file that can't be written is named")
    func refused() {
        let output = CallOutput(
            path: "/nonexistent/calls",
            isJSON: false,
            columns: CallColumn.standard,
            order: nil
        )
        let failure = #expect(throws: Failure.self) { try output.write(report) }
        #expect(failure?.message.contains("/nonexistent/calls") == true)
        #expect(failure?.code == .failed)
    }
}
