// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Profiles
import SwiftProtobuf
import Testing

@testable import Exporter

@Suite("ProfileHandler")
struct ProfileHandlerTests {
    private func message(_ answer: Web.Answer) throws -> PprofProfile {
        // Pyroscope takes no more than 4 MiB uncompressed.
        try PprofProfile(serializedBytes: inflated(answer.body, maximumCount: 4 << 20))
    }

    @Test(
        "answers as Go's net/http/pprof does",
        arguments: [("profile", Profile.Kind.cpu), ("wall", .wall)]
    )
    func answer(name: String, kind: Profile.Kind) async throws {
        let source = SampleSource()
        let server = Web.server(profiles: source.source)
        let answer = try await Web.ask(server, "/debug/pprof/\(name)?seconds=3&group=busy.service")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/octet-stream")
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(name)\"")
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("X-Go-Pprof") == nil)
        #expect(answer.headers[.contentEncoding] == nil)
        #expect(answer.headers[.contentLength] == "\(answer.body.count)")
        #expect(
            source.asked == [
                ProfileRequest(kind: kind, group: "busy.service", span: .coming(seconds: 3))
            ]
        )
        let message = try message(answer)
        #expect(message.stringTable[Int(message.periodType.type)] == kind.rawValue)
    }

    @Test(
        "the message keeps the rules of all readers, whatever the names are",
        arguments: ["", "labels=", "labels=group,thread_name", "labels=pid,thread_name,group"]
    )
    func rules(query: String) async throws {
        for profile in [
            SampleProfiles.busy, SampleProfiles.wall, SampleProfiles.empty,
            SampleProfiles.hostile,
        ] {
            let server = Web.server(profiles: SampleSource { _ in .profile(profile) }.source)
            let answer = try await Web.ask(server, "/debug/pprof/profile?\(query)")
            let message = try message(answer)
            #expect(PprofRules.violations(of: message) == [])
            let keys = message.sample.flatMap(\.label)
                .map { message.stringTable[Int($0.key)] }
            let asked = query.isEmpty ? "group" : query.dropFirst("labels=".count)
            let labels = Set(asked.split(separator: ",").map(String.init))
            #expect(Set(keys).isSubset(of: labels))
            if profile == SampleProfiles.hostile { #expect(Set(keys) == labels) }
        }
    }

    @Test("more stacks than Pyroscope takes become as many as it takes")
    func manyStacks() async throws {
        let profile = SampleProfiles.random(stacks: 20_000, seed: 9)
        let server = Web.server(profiles: SampleSource { _ in .profile(profile) }.source)
        let message = try message(try await Web.ask(server, "/debug/pprof/profile"))
        #expect(PprofRules.violations(of: message) == [])
        #expect(message.sample.count == 16_000)
        let nanoseconds = message.sample.reduce(0) { $0 + $1.value[1] }
        #expect(UInt64(nanoseconds) == profile.nanoseconds)
    }

    @Test("debug=1 is a table, and no attachment")
    func table() async throws {
        let server = Web.server(profiles: SampleSource().source)
        let answer = try await Web.ask(server, "/debug/pprof/profile?debug=1")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(answer.headers[.contentDisposition] == nil)
        #expect(answer.body == TextFormat.encode(SampleProfiles.busy))
    }

    @Test("HEAD is answered at once, and nothing is collected for it")
    func head() async throws {
        let source = SampleSource { _ in
            await waitForCancellation()
            return .unknownGroup
        }
        let server = Web.server(profiles: source.source)
        for (path, type) in [
            ("/debug/pprof/profile", "application/octet-stream"),
            ("/debug/pprof/wall?seconds=60", "application/octet-stream"),
            ("/debug/pprof/profile?debug=1", "text/plain; charset=utf-8"),
            ("/flamegraph?seconds=60", "text/html; charset=utf-8"),
        ] {
            let answer = try await Web.ask(server, path, method: .head)
            #expect(answer.status == .ok)
            #expect(answer.body.isEmpty)
            #expect(answer.headers[.contentType] == type)
        }
        let bad = try await Web.ask(server, "/debug/pprof/profile?seconds=61", method: .head)
        #expect(bad.status == .badRequest)
        #expect(source.asked.isEmpty)
    }

    @Test("past times are by the clock of the host")
    func past() async throws {
        let source = SampleSource()
        let usage = WebUsageCounter(hasProfiles: true)
        let routes = ProfileRoutes(
            source: source.source,
            configuration: WebConfiguration(),
            usage: usage,
            now: { 1_790_000_100_000_000_000 }
        )
        let server = Web.server(routes: routes.routes)
        #expect(try await Web.ask(server, "/debug/pprof/wall?ago=10&seconds=5").status == .ok)
        #expect(try await Web.ask(server, "/flamegraph").status == .ok)
        let minute = ProfileRequest.Span.past(
            from: 1_790_000_040_000_000_000,
            to: 1_790_000_100_000_000_000
        )
        let five = ProfileRequest.Span.past(
            from: 1_790_000_090_000_000_000,
            to: 1_790_000_095_000_000_000
        )
        #expect(source.asked.map(\.span) == [five, minute])
    }
}
