// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Profiles
import Testing

@testable import Exporter

@Suite("ProfileSource")
struct ProfileSourceTests {
    @Test("without one there are no pages for profiles, and no metrics about them")
    func none() async throws {
        let server = Web.server()
        for path in ProfileRoutesTests.paths {
            #expect(try await Web.ask(server, path).status == .notFound)
        }
        #expect(try await !Web.ask(server, "/metrics").text.contains("ptarmigan_profile"))
        #expect(try await !Web.ask(server, "/").text.contains("Groups"))
    }

    @Test("what is asked of it is what the request says, and no more")
    func asked() async throws {
        let source = SampleSource()
        let server = Web.server(profiles: source.source)
        _ = try await Web.ask(server, "/debug/pprof/profile?seconds=7")
        _ = try await Web.ask(server, "/debug/pprof/wall?from=1&to=2.5&group=a")
        _ = try await Web.ask(server, "/flamegraph?seconds=4&kind=wall&format=folded&group=b")
        #expect(
            source.asked == [
                ProfileRequest(kind: .cpu, group: nil, span: .coming(seconds: 7)),
                ProfileRequest(
                    kind: .wall,
                    group: "a",
                    span: .past(from: 1_000_000_000, to: 2_500_000_000)
                ),
                ProfileRequest(kind: .wall, group: "b", span: .coming(seconds: 4)),
            ]
        )
    }
}
