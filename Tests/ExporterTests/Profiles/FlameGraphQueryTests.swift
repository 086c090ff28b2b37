// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphQuery")
struct FlameGraphQueryTests {
    private func query(
        _ text: String,
        now: UInt64 = 1_790_000_100_000_000_000
    ) throws -> FlameGraphQuery {
        try FlameGraphQuery(
            QueryParameters(parsing: text, allowed: FlameGraphQuery.parameters),
            times: SpanParameters(now: now, maximumSeconds: 60)
        )
    }

    @Test("without parameters it is the page of the last minute's CPU time")
    func standard() throws {
        let minute = ProfileRequest.Span.past(
            from: 1_790_000_040_000_000_000,
            to: 1_790_000_100_000_000_000
        )
        let query = try query("")
        #expect(query.request == ProfileRequest(kind: .cpu, group: nil, span: minute))
        #expect(query.format == .html)
        #expect(try self.query("", now: 5).request.span == .past(from: 0, to: 5))
    }

    @Test("reads all parameters", arguments: FlameGraphFormat.allCases)
    func all(format: FlameGraphFormat) throws {
        let query = try query("group=a&kind=wall&seconds=5&format=\(format.rawValue)")
        #expect(
            query.request == ProfileRequest(kind: .wall, group: "a", span: .coming(seconds: 5))
        )
        #expect(query.format == format)
    }

    @Test(
        "refuses other kinds, formats and times",
        arguments: [
            ("kind=heap", "kind is none of cpu, wall"), ("kind=CPU", "kind is none of cpu, wall"),
            ("format=svg", "format is none of html, folded, speedscope, json, pprof, text"),
            ("to=5", ProfileQueryProblem.noBeginning.description),
        ]
    )
    func refused(text: String, message: String) {
        let error = #expect(throws: ProfileQueryProblem.self) { try query(text) }
        #expect(error?.description == message)
    }
}
