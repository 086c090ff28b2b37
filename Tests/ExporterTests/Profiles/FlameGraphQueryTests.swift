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

    @Test("a form's empty group is all groups; what else is empty is refused")
    func empty() throws {
        #expect(try query("group=&kind=cpu&ago=60").request.group == nil)
        for name in ["kind", "format", "ago", "from", "base_ago", "base_from"] {
            #expect(throws: ProfileQueryProblem.self, "\(name)") { try query("\(name)=") }
        }
    }

    @Test("a base is of the same group and kind", arguments: ["html", "text"])
    func base(format: String) throws {
        let query = try query("group=a&kind=wall&ago=60&base_ago=600&format=\(format)")
        let base = ProfileRequest.Span.past(
            from: 1_789_999_500_000_000_000,
            to: 1_789_999_560_000_000_000
        )
        #expect(query.base == ProfileRequest(kind: .wall, group: "a", span: base))
        #expect(query.baseAgoNanoseconds == 600_000_000_000)
        #expect(try self.query("ago=60").base == nil)
        #expect(try self.query("seconds=5&base_ago=600").request.span == .coming(seconds: 5))
    }

    @Test("knows what is another time when it is asked again")
    func moving() throws {
        #expect(try query("").isMoving && query("seconds=5").isMoving)
        #expect(try query("ago=60&seconds=5").isMoving)
        #expect(try !query("from=1790000000").isMoving)
        #expect(try query("").lastNanoseconds == 60_000_000_000)
        #expect(try query("ago=5").lastNanoseconds == 5_000_000_000)
        #expect(try query("ago=60&seconds=5").lastNanoseconds == nil)
        #expect(try query("from=1790000000").lastNanoseconds == nil)
    }

    @Test(
        "refuses other kinds, formats and times",
        arguments: [
            ("kind=heap", "kind is none of cpu, wall"), ("kind=CPU", "kind is none of cpu, wall"),
            (
                "format=svg",
                "format is none of html, folded, speedscope, json, grafana, pprof, text"
            ),
            ("to=5", ProfileQueryProblem.noBeginning.description),
            ("base_ago=600&format=json", "format is none of html, text, as comparisons have"),
            ("base_ago=600&format=pprof", "format is none of html, text, as comparisons have"),
            ("base_ago=60", "the base is the same time as what is compared with it"),
        ]
    )
    func refused(text: String, message: String) {
        let error = #expect(throws: ProfileQueryProblem.self) { try query(text) }
        #expect(error?.description == message)
    }
}
