// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("ProfileQuery")
struct ProfileQueryTests {
    private func query(_ text: String, kind: Profile.Kind = .cpu) throws -> ProfileQuery {
        try ProfileQuery(
            QueryParameters(parsing: text, allowed: ProfileQuery.parameters),
            kind: kind,
            times: SpanParameters(now: 1_790_000_100_000_000_000, maximumSeconds: 60)
        )
    }

    @Test("without parameters it is 30 seconds of all groups, from now on")
    func standard() throws {
        let query = try query("")
        #expect(query.request == ProfileRequest(kind: .cpu, group: nil, span: .coming(seconds: 30)))
        #expect(query.labels == [.group])
        #expect(!query.isText)
    }

    @Test("reads all parameters")
    func all() throws {
        let query = try query("group=a&ago=9&labels=pid,thread_name,group", kind: .wall)
        let past = ProfileRequest.Span.past(
            from: 1_790_000_091_000_000_000,
            to: 1_790_000_100_000_000_000
        )
        #expect(query.request == ProfileRequest(kind: .wall, group: "a", span: past))
        #expect(query.labels == [.group, .process, .threadName])
        #expect(try self.query("labels=").labels == [])
        #expect(try self.query("labels=pid").labels == [.process])
        #expect(try self.query("debug=1").isText)
        #expect(try !self.query("debug=0&labels=pid").isText)
    }

    @Test(
        "refuses other labels, and a table with labels",
        arguments: [
            ("labels=tid", "labels is none of group, thread_name, pid"),
            ("labels=group,", "labels is none of group, thread_name, pid"),
            ("labels=system_call", "labels is none of group, thread_name, pid"),
            ("debug=2", "debug is none of 0, 1"), ("debug=", "debug is none of 0, 1"),
            ("debug=1&labels=pid", "labels and debug contradict each other"),
            ("group=it's", ProfileQueryProblem.badGroup.description),
            ("seconds=61", ProfileQueryProblem.tooLong(maximumSeconds: 60).description),
        ]
    )
    func refused(text: String, message: String) {
        let error = #expect(throws: ProfileQueryProblem.self) { try query(text) }
        #expect(error?.description == message)
    }

    @Test("no parameter names a process", arguments: ["pid", "process", "tid", "hz", "rate"])
    func noProcess(name: String) {
        #expect(!ProfileQuery.parameters.union(FlameGraphQuery.parameters).contains(name))
    }
}
