// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import Profiles
import Testing

@testable import Exporter

@Suite("ProfileCollector")
struct ProfileCollectorTests {
    @Test(
        "says what there is no profile for",
        arguments: [
            (ProfileAnswer.unknownGroup, 404, "no such group is or was sampled in that time\n"),
            (
                .unavailable(reason: "the sampler\u{1b} has ended"), 503,
                "no profile: the sampler\u{fffd} has ended\n"
            ),
        ]
    )
    func errors(answer: ProfileAnswer, status: Int, text: String) async throws {
        let server = Web.server(profiles: SampleSource { _ in answer }.source)
        let response = try await Web.ask(server, "/debug/pprof/profile?group=nobody")
        #expect(response.status.code == status)
        #expect(response.text == text)
        #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(response.header("X-Go-Pprof") == "1")
        #expect(response.headers[.contentDisposition] == nil)
        let page = try await Web.ask(server, "/flamegraph?group=nobody")
        #expect(page.status.code == status)
        #expect(page.header("X-Go-Pprof") == nil)
    }

    @Test("a time of which nothing is kept is not asked for")
    func kept() async throws {
        let source = SampleSource(oldest: 1_000_000_000_500_000_000)
        let server = Web.server(profiles: source.source)
        let path = "/flamegraph?from=999999999&to=1000000000"
        let before = try await Web.ask(server, path + ".5")
        #expect(before.status == .notFound)
        #expect(before.text == "nothing is kept of that time\n")
        #expect(source.asked.isEmpty)
        #expect(try await Web.ask(server, path + ".6").status == .ok)
        // What is to come is not kept yet, and is asked for.
        #expect(try await Web.ask(server, "/flamegraph?seconds=1").status == .ok)
        #expect(source.asked.count == 2)
    }

    @Test("serves so many at a time, turns the others away, and serves again afterwards")
    func busy() async throws {
        let gate = Gate(isOpen: false)
        let source = SampleSource { _ in
            await gate.pass()
            return .profile(SampleProfiles.busy)
        }
        let server = Web.server(profiles: source.source)
        try await withThrowingTaskGroup(of: Web.Answer.self) { group in
            for page in ["debug/pprof/profile", "debug/pprof/wall", "flamegraph", "flamegraph"] {
                group.addTask { try await Web.ask(server, "/" + page) }
            }
            await gate.waitForArrivals(4)
            let metrics = try await Web.ask(server, "/metrics").text
            #expect(metrics.contains("\nptarmigan_profiles_in_progress 4\n"))
            for page in ["/debug/pprof/profile", "/flamegraph"] {
                let refused = try await Web.ask(server, page)
                #expect(refused.status == .serviceUnavailable)
                #expect(refused.headers[.retryAfter] == "5")
                #expect(refused.text == "4 profiles are in progress; try again later\n")
            }
            await gate.open()
            for try await answer in group { #expect(answer.status == .ok) }
        }
        #expect(try await Web.ask(server, "/debug/pprof/profile").status == .ok)
        let metrics = try await Web.ask(server, "/metrics").text
        for line in [
            "ptarmigan_profiles_in_progress 0",
            "ptarmigan_profile_requests_total{endpoint=\"profile\",code=\"200\"} 2",
            "ptarmigan_profile_requests_total{endpoint=\"profile\",code=\"503\"} 1",
            "ptarmigan_profile_requests_total{endpoint=\"flamegraph\",code=\"200\"} 2",
            "ptarmigan_web_requests_rejected_total{reason=\"busy\"} 2",
        ] {
            #expect(metrics.contains("\n\(line)\n"), "\(line)")
        }
    }

    private static let compared = "/flamegraph?from=70&to=80&base_from=10&base_to=20"
    private static let baseSpan =
        ProfileRequest.Span.past(from: 10_000_000_000, to: 20_000_000_000)

    @Test("both sides of a comparison are got, the base first")
    func sides() async throws {
        let source = SampleSource()
        let server = Web.server(profiles: source.source)
        let path = "/flamegraph?group=busy.service&seconds=5&base_from=10&base_to=20"
        #expect(try await Web.ask(server, path).status == .ok)
        #expect(source.asked.map(\.span) == [Self.baseSpan, .coming(seconds: 5)])
        #expect(source.asked.map(\.group) == ["busy.service", "busy.service"])
        // An empty profile is a page of its own, and no comparison.
        let empty = Web.server(
            profiles: SampleSource { _ in .profile(SampleProfiles.empty) }.source
        )
        #expect(try await Web.ask(empty, "/flamegraph?from=10&to=20").status == .ok)
    }

    @Test("says which side of a comparison is missing", arguments: [true, false])
    func missing(isBase: Bool) async throws {
        let name =
            isBase
            ? "base (00:00:10 to 00:00:20 UTC)"
            : "time compared with it (00:01:10 to 00:01:20 UTC)"
        for (answer, status, reason) in [
            (ProfileAnswer.unknownGroup, 404, "no such group is or was sampled in that time"),
            (.profile(SampleProfiles.empty), 404, "nothing was sampled in that time"),
            (.unavailable(reason: "ended"), 503, "no profile: ended"),
        ] {
            let source = SampleSource { request in
                (request.span == Self.baseSpan) == isBase ? answer : .profile(SampleProfiles.busy)
            }
            let server = Web.server(profiles: source.source)
            let response = try await Web.ask(server, Self.compared)
            #expect(response.status.code == status)
            #expect(response.text == "the \(name): \(reason)\n")
            #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
            // What has no base is not waited for.
            #expect(source.asked.count == (isBase ? 1 : 2))
        }
    }

    @Test("a base of which nothing is kept is not asked for")
    func keptBase() async throws {
        let source = SampleSource(oldest: 20_000_000_000)
        let server = Web.server(profiles: source.source)
        let response = try await Web.ask(server, Self.compared)
        #expect(response.status == .notFound)
        #expect(
            response.text
                == "the base (00:00:10 to 00:00:20 UTC): nothing is kept of that time\n"
        )
        #expect(source.asked.isEmpty)
    }

    @Test("a comparison is one profile to the limit, and its log has the base")
    func comparisonAudit() async throws {
        let lines = LogLines()
        let server = Web.server(profiles: SampleSource().source)
        _ = try await Web.ask(server, Self.compared, logger: lines.logger)
        _ = try await Web.ask(server, "/flamegraph?from=70&to=80", logger: lines.logger)
        let logged = lines.of("Profile served")
        #expect(logged.map { $0.metadata["base"] } == ["00:00:10 to 00:00:20 UTC", nil])
        let metrics = try await Web.ask(server, "/metrics").text
        let line = "ptarmigan_profile_requests_total{endpoint=\"flamegraph\",code=\"200\"} 2"
        #expect(metrics.contains("\n\(line)\n"))
    }

    @Test("logs who got which profile, and nothing of what got none")
    func audit() async throws {
        let lines = LogLines()
        let server = Web.server(profiles: SampleSource().source)
        let path = "/debug/pprof/profile?group=busy.service&seconds=5"
        let served = try await Web.ask(server, path, logger: lines.logger)
        _ = try await Web.ask(server, path, method: .head, logger: lines.logger)
        _ = try await Web.ask(server, "/flamegraph?kind=wall", logger: lines.logger)
        let none = Web.server(profiles: SampleSource { _ in .unknownGroup }.source)
        _ = try await Web.ask(none, path, logger: lines.logger)

        let logged = lines.of("Profile served")
        #expect(logged.map(\.level) == [.notice, .notice])
        #expect(logged.map { $0.metadata["path"] } == ["/debug/pprof/profile", "/flamegraph"])
        #expect(logged.map { $0.metadata["group"] } == ["busy.service", "all"])
        #expect(logged.map { $0.metadata["seconds"] } == ["10.000", "10.000"])
        #expect(logged[0].metadata["bytes"] == "\(served.body.count)")
        #expect(logged[0].metadata["peer"] == "unknown")
        #expect(logged[0].metadata["duration"] != nil)
    }
}
