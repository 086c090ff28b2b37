// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

/// Requests for profiles on real connections: waiting, going away, ending.
@Suite("ProfileRoutes on a socket", .timeLimit(.minutes(2)))
struct ProfileRoutesSocketTests {
    private static let wait = "/debug/pprof/profile?seconds=60"

    @Test("hanging up ends the wait, and makes room for another")
    func hangUp() async throws {
        let begun = Gate(isOpen: true)
        let ended = Gate(isOpen: true)
        let source = SampleSource.waiting(begun: begun, ended: ended)
        try await Web.serving(profiles: source.source) { port in
            for count in 1...5 {
                // Each is more than fit at a time, if those before were not ended.
                try await Web.connected(to: port, sending: Web.get(Self.wait)) { _ in
                    await begun.waitForArrivals(count)
                }
                await ended.waitForArrivals(count)
            }
        }
    }

    @Test("a connection that is kept open serves one profile after another")
    func keptOpen() async throws {
        let source = SampleSource()
        let request = "GET \(Self.wait) HTTP/1.1\r\nHost: localhost\r\n\r\n"
        try await Web.serving(profiles: source.source) { port in
            let answers = try await Web.exchange(request + Web.get(Self.wait), port: port)
            #expect(answers.ranges(of: "HTTP/1.1 200 OK\r\n").count == 2)
        }
        #expect(source.asked.count == 2)
    }

    @Test("a fifth profile is turned away, and metrics are served meanwhile")
    func fifth() async throws {
        let begun = Gate(isOpen: true)
        let source = SampleSource.waiting(begun: begun)
        try await Web.serving(profiles: source.source) { port in
            await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { _ = try await Web.exchange(Web.get(Self.wait), port: port) }
                }
                await begun.waitForArrivals(4)
                let refused = try? await Web.exchange(Web.get(Self.wait), port: port)
                #expect(refused?.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n") == true)
                #expect(refused?.contains("\r\nRetry-After: 5\r\n") == true)
                #expect(refused?.contains("\r\nX-Go-Pprof: 1\r\n") == true)
                let metrics = try? await Web.statusLine(of: Web.get("/metrics"), port: port)
                #expect(metrics == "HTTP/1.1 200 OK")
                group.cancelAll()
            }
        }
    }

    @Test("two who wait for different times both get theirs, the shorter one first")
    func different() async throws {
        let short = Gate(isOpen: false)
        let long = Gate(isOpen: false)
        let source = SampleSource { request in
            guard case .coming(let seconds) = request.span else { return .unknownGroup }
            await (seconds == 1 ? short : long).pass()
            var builder = ProfileBuilder(
                kind: request.kind,
                startNanoseconds: 1,
                periodNanoseconds: 1,
                target: "waited for \(seconds)"
            )
            builder.durationNanoseconds = UInt64(seconds) * 1_000_000_000
            return .profile(builder.build())
        }
        let path = "/debug/pprof/profile?debug=1&seconds="
        try await Web.serving(profiles: source.source) { port in
            async let longAnswer = Web.exchange(Web.get(path + "2"), port: port)
            await long.waitForArrivals(1)
            async let shortAnswer = Web.exchange(Web.get(path + "1"), port: port)
            await short.waitForArrivals(1)
            await short.open()
            let shortText = try await shortAnswer
            #expect(shortText.contains("# Target: waited for 1\n"))
            await long.open()
            let longText = try await longAnswer
            #expect(longText.contains("# Target: waited for 2\n"))
        }
    }

    @Test("a server that is to stop does not wait for profiles, and says so")
    func shutdown() async throws {
        let begun = Gate(isOpen: true)
        let source = SampleSource.waiting(begun: begun)
        let (answers, continuation) = AsyncStream.makeStream(of: String?.self)
        try await Web.serving(profiles: source.source) { port in
            Task {
                continuation.yield(try? await Web.exchange(Web.get(Self.wait), port: port))
                continuation.finish()
            }
            await begun.waitForArrivals(1)
        }
        let answer = await answers.first { _ in true }
        #expect(answer??.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n") == true)
        #expect(answer??.hasSuffix("no profile: cancelled\n") == true)
    }

    @Test("two times are compared on a real connection, and a wait for one of them is one of four")
    func comparison() async throws {
        let begun = Gate(isOpen: true)
        let source = SampleSource { request in
            guard case .coming = request.span else { return .profile(SampleProfiles.busy) }
            await begun.pass()
            await waitForCancellation()
            return .unavailable(reason: "cancelled")
        }
        let past = "/flamegraph?group=busy.service&ago=60&base_ago=600"
        try await Web.serving(profiles: source.source) { port in
            let table = try await Web.exchange(Web.get(past + "&format=text"), port: port)
            #expect(table.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(table.contains("\n# Event: cpu time, as shares of each total\n"))
            let page = try await Web.exchange(Web.get(past), port: port)
            #expect(page.contains("; form-action 'self'; frame-ancestors 'none'\r\n"))
            #expect(page.contains("\"comparison\":{\"isNormalized\":true"))
            await withThrowingTaskGroup(of: Void.self) { group in
                let wait = "/flamegraph?seconds=60&base_ago=600"
                for _ in 0..<4 {
                    group.addTask { _ = try await Web.exchange(Web.get(wait), port: port) }
                }
                await begun.waitForArrivals(4)
                let refused = try? await Web.statusLine(of: Web.get(past), port: port)
                #expect(refused == "HTTP/1.1 503 Service Unavailable")
                group.cancelAll()
            }
        }
    }

    @Test("refuses on a real connection what it refuses otherwise")
    func refused() async throws {
        let source = SampleSource { _ in .unknownGroup }
        try await Web.serving(profiles: source.source) { port in
            for (path, status) in [
                ("/flamegraph?pid=1", "400 Bad Request"),
                ("/flamegraph?base_pid=1", "400 Bad Request"),
                ("/flamegraph?base_ago=60", "400 Bad Request"),
                ("/flamegraph?base_ago=600&base_ago=600", "400 Bad Request"),
                ("/flamegraph?base_ago=600&base_from=5", "400 Bad Request"),
                ("/flamegraph?base_ago=600&format=pprof", "400 Bad Request"),
                ("/debug/pprof/profile?base_ago=600", "400 Bad Request"),
                ("/debug/pprof/profile?pid=1", "400 Bad Request"),
                ("/debug/pprof/profile?seconds=1e9", "400 Bad Request"),
                ("/debug/pprof/profile?group=a%0D%0Ab", "400 Bad Request"),
                ("/debug/pprof/profile?group=a%22", "400 Bad Request"),
                ("/debug/pprof/profile?group=nobody", "404 Not Found"),
                ("/debug/pprof/cmdline", "404 Not Found"),
            ] {
                let line = try await Web.statusLine(of: Web.get(path), port: port)
                #expect(line == "HTTP/1.1 \(status)", "\(path)")
            }
            let evil = Web.get("/flamegraph", host: "evil.example")
            #expect(try await Web.statusLine(of: evil, port: port) == "HTTP/1.1 403 Forbidden")
            let post = "POST" + Web.get("/flamegraph").dropFirst("GET".count)
            let line = try await Web.statusLine(of: post, port: port)
            #expect(line == "HTTP/1.1 405 Method Not Allowed")
            let head = "HEAD" + Web.get(Self.wait).dropFirst("GET".count)
            let answer = try await Web.exchange(head, port: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n"))
        }
        // Only the group that is not there was looked for.
        #expect(source.asked.map(\.group) == ["nobody"])
    }

    @Test("go tool pprof reads what it is served, and shows why it is not")
    func pprof() async throws {
        try await Web.serving(profiles: SampleSource().source) { port in
            let good = try await GoTool.pprofTop(
                port: port,
                path: "/debug/pprof/profile?seconds=1&group=busy.service"
            )
            #expect(good.exitCode == 0 && good.output.contains("hot_sixty"), "\(good.output)")
            let bad = try await GoTool.pprofTop(port: port, path: "/debug/pprof/profile?pid=1")
            #expect(
                bad.exitCode != 0 && bad.output.contains("unknown parameter 'pid'"),
                "\(bad.output)"
            )
        }
    }
}
