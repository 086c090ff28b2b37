// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("CallTableFormat")
struct CallTableFormatTests {
    private func lines(
        _ report: CallReport,
        _ columns: [CallColumn],
        by order: CallColumn?
    )
        -> [Substring]
    {
        let bytes = CallTableFormat.encode(report, columns: columns, sortedBy: order)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    @Test("gives the golden bytes, with strace's columns at the left")
    func golden() throws {
        try Golden.expect(CallTableFormat.encode(SampleCalls.timed), in: "calls.txt")
    }

    @Test("windows have rates as well, where those are known")
    func watched() throws {
        try Golden.expect(CallTableFormat.encode(SampleCalls.watched), in: "watched-calls.txt")
    }

    @Test("counts alone have no columns of times and errors")
    func counted() {
        let text = lines(SampleCalls.counted, CallColumn.standard, by: .calls)
        #expect(
            text == [
                "    calls syscall", "--------- ----------------", "     1001 openat",
                "     1000 close", "--------- ----------------", "     2001 total",
            ]
        )
    }

    @Test("columns come as they are asked for, and nothing to sort by is the order of names")
    func columns() {
        let text = lines(SampleCalls.timed, [.name, .errors, .longestTime], by: nil)
        #expect(text[0] == "syscall             errors     longest")
        #expect(text[2] == "close                         0.000090")
        #expect(text[4] == "openat                  12    0.000400")
        #expect(text.last == "total                   12    0.300000")
    }

    @Test("nothing at all is a table, too")
    func empty() {
        let text = lines(SampleCalls.empty, CallColumn.standard, by: .totalTime)
        #expect(text.last == "        0 total")
    }
}
