// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphLinks")
struct FlameGraphLinksTests {
    private static let now: UInt64 = 1_790_000_100_500_000_000
    private static let times = SpanParameters(now: now, maximumSeconds: 60)

    private func query(_ text: String) throws -> FlameGraphQuery {
        try FlameGraphQuery(
            QueryParameters(parsing: text, allowed: FlameGraphQuery.parameters),
            times: Self.times
        )
    }

    /// What the links of a page ask for, and their texts.
    private func links(
        _ text: String,
        of profile: Profile = SampleProfiles.busy
    ) throws -> [(text: String, query: FlameGraphQuery)] {
        let html = FlameGraphLinks(query: try query(text), profile: profile).html
        return try html.split(separator: "<a href=\"/flamegraph?").dropFirst().map { part in
            let address = part.prefix { $0 != "\"" }.split(separator: "&amp;").joined(
                separator: "&"
            )
            let text = part.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
            return (String(text), try query(address))
        }
    }

    @Test("ask for the very time that is shown, in each other format")
    func formats() throws {
        let shown = try query("group=a%26b&kind=wall&ago=60")
        let links = try links("group=a%26b&kind=wall&ago=60")
        #expect(links.map(\.text) == ["table", "pprof", "folded", "speedscope", "JSON"])
        #expect(links.map(\.query.format) == [.text, .pprof, .folded, .speedscope, .json])
        for link in links { #expect(link.query.request == shown.request) }
    }

    @Test("what was waited for is a time that was, afterwards")
    func waited() throws {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1_790_000_000_000_000_001,
            periodNanoseconds: 1,
            target: "t"
        )
        builder.durationNanoseconds = 5_000_000_000
        let links = try links("seconds=5", of: builder.build())
        let span = ProfileRequest.Span.past(
            from: 1_790_000_000_000_000_001,
            to: 1_790_000_005_000_000_001
        )
        #expect(links.count == 5)
        for link in links { #expect(link.query.request.span == span) }
    }

    @Test("of a comparison: its table, and each side alone")
    func comparison() throws {
        let shown = try query("group=g&ago=60&base_ago=600")
        let links = try links("group=g&ago=60&base_ago=600")
        #expect(links.map(\.text) == ["table", "base alone", "new alone"])
        #expect(links[0].query.format == .text)
        #expect(links[0].query.request == shown.request)
        #expect(links[0].query.base == shown.base)
        #expect(links[1].query.request == shown.base)
        #expect(links[2].query.request == shown.request)
        #expect(links[1].query.base == nil && links[2].query.base == nil)
    }
}
