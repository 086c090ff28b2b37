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

    private func written(isJSON: Bool) throws -> String {
        let path = "/tmp/ptarmigan-call-output.\(getpid()).\(isJSON)"
        defer { unlink(path) }
        try CallOutput(
            path: path,
            isJSON: isJSON,
            columns: CallColumn.standard,
            order: .calls
        )
        .write(report)
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
