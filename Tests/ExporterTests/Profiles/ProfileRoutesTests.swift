// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Profiles
import Testing

@testable import Exporter

/// Who may ask for profiles, and for which.
@Suite("ProfileRoutes")
struct ProfileRoutesTests {
    static let paths = [
        "/debug/pprof/profile", "/debug/pprof/wall", "/flamegraph", "/debug/pprof/",
        "/debug/pprof", "/sd/profiles", "/targets",
    ]

    private let source = SampleSource()

    private func server(listening address: ListenAddress = .standard) -> WebServer {
        Web.server(WebConfiguration(listenAddress: address), profiles: source.source)
    }

    @Test("serves them on loopback", arguments: paths)
    func served(path: String) async throws {
        #expect(try await Web.ask(server(), path).status == .ok)
    }

    @Test("no request names a process, or anything else that is not known", arguments: paths)
    func parameters(path: String) async throws {
        for host in ["127.0.0.1", ""] {
            let server = server(listening: ListenAddress(host: host, port: 1))
            for query in ["pid=1", "hz=999", "x", "group=a&pid=1", "seconds=1&seconds=2"] {
                let answer = try await Web.ask(server, path + "?" + query)
                #expect(answer.status == .badRequest, "\(query)")
            }
        }
        #expect(source.asked.isEmpty)
    }

    @Test(
        "a value that is wrong is 400, and a group that is not there 404",
        arguments: [
            "seconds=1e9", "seconds=61", "group=%0d%0a", "group=a%0db", "group=%22",
            "group=%27", "group=a%e2%80%aeb", "ago=1&from=1", "from=9999999999", "to=1",
            "ago=5&seconds=6",
        ]
    )
    func values(query: String) async throws {
        for path in ["/debug/pprof/profile", "/debug/pprof/wall", "/flamegraph"] {
            let answer = try await Web.ask(server(), "\(path)?\(query)")
            #expect(answer.status == .badRequest)
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(answer.header("X-Go-Pprof") == (path == "/flamegraph" ? nil : "1"))
        }
        for path in ["/debug/pprof/profile", "/debug/pprof/wall"] {
            #expect(try await Web.ask(server(), "\(path)?group=").status == .badRequest)
        }
        let long = "/flamegraph?group=" + String(repeating: "a", count: 161)
        #expect(try await Web.ask(server(), long).status == .badRequest)
        #expect(source.asked.isEmpty)
    }

    @Test(
        "nothing is served where others can connect, and the answer names the flag",
        arguments: paths
    )
    func open(path: String) async throws {
        let address = ListenAddress(host: "", port: 10187)
        let refused = try await Web.ask(server(listening: address), path)
        #expect(refused.status == .forbidden)
        #expect(refused.text.contains("--web.allow-unauthenticated-profiles"))
        #expect(source.asked.isEmpty)

        var configuration = WebConfiguration(listenAddress: address)
        configuration.allowsUnauthenticatedProfiles = true
        let allowed = Web.server(configuration, profiles: source.source)
        #expect(try await Web.ask(allowed, path).status == .ok)
    }

    @Test("metrics and health are served all the same, and the start page says what is not")
    func rest() async throws {
        let server = server(listening: ListenAddress(host: "", port: 10187))
        for path in ["/metrics", "/-/healthy", "/-/ready"] {
            #expect(try await Web.ask(server, path).status == .ok)
        }
        let page = try await Web.ask(server, "/").text
        #expect(page.contains("--web.allow-unauthenticated-profiles"))
        #expect(!page.contains("busy.service") && !page.contains("href=\"/flamegraph"))
        _ = try await Web.ask(server, "/flamegraph")
        let metrics = try await Web.ask(server, "/metrics").text
        let requests = "ptarmigan_profile_requests_total{endpoint=\"flamegraph\",code=\"403\"} 1"
        #expect(metrics.contains("\n\(requests)\n"))
        #expect(metrics.contains("rejected_total{reason=\"disabled\"} 1\n"))
    }

    @Test("the start page links the groups, the busiest first")
    func start() async throws {
        let page = try await Web.ask(server(), "/")
        #expect(page.headers[.contentSecurityPolicy] == WebPage.policy)
        for path in ["/metrics", "/flamegraph", "/debug/pprof/", "/sd/profiles", "/-/healthy"] {
            #expect(page.text.contains("<li><a href=\"\(path)\">"), "\(path)")
        }
        #expect(page.text.contains("href=\"/flamegraph?group=busy.service\""))
    }

    @Test("pages of other sites and of other names are refused", arguments: paths)
    func foreign(path: String) async throws {
        let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let cross = try await Web.ask(server(), path, headers: [name: "cross-site"])
        #expect(cross.status == .forbidden)
        let own = try await Web.ask(server(), path, headers: [name: "same-origin"])
        #expect(own.status == .ok)
        #expect(try await Web.ask(server(), path, host: "evil.example").status == .forbidden)
        #expect(try await Web.ask(server(), path, method: .post).status == .methodNotAllowed)
    }

    @Test(
        "other profiles of Go's are not known",
        arguments: [
            "cmdline", "symbol", "trace", "heap", "allocs", "block", "mutex", "goroutine",
            "threadcreate", "heap?debug=1", "profile/", "%70rofile", "..", "../metrics",
        ]
    )
    func unknown(name: String) async throws {
        for method in [HTTPRequest.Method.get, .head] {
            let answer = try await Web.ask(server(), "/debug/pprof/" + name, method: method)
            #expect(answer.status == .notFound)
            #expect(answer.text == (method == .head ? "" : "Unknown profile\n"))
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(answer.header("X-Go-Pprof") == "1")
            #expect(answer.headers[.contentDisposition] == nil)
        }
    }

    @Test("paths beside it are none of it", arguments: ["/debug", "/debug/", "/debug/pprofile"])
    func beside(path: String) async throws {
        let answer = try await Web.ask(server(), path)
        #expect(answer.status == .notFound)
        #expect(answer.text == "not found\n")
        #expect(answer.header("X-Go-Pprof") == nil)
    }

    @Test("promtool finds nothing wrong with the metrics about profiles")
    func metrics() async throws {
        let server = server()
        _ = try await Web.ask(server, "/flamegraph")
        let outcome = try Promtool.checkMetrics(try await Web.ask(server, "/metrics").body)
        #expect(outcome.exitCode == 0, "\(outcome.output)")
    }
}
