// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import HTTPTypes
import Hummingbird
import Testing

@Suite("WebResponder")
struct WebResponderTests {
    private let server = Web.server(routes: [
        WebRoute(
            path: "/flamegraph",
            title: "Flame graph",
            parameters: ["group"],
            refusesCrossSite: true
        ) { request in
            .plainText(.ok, request.parameters["group"] ?? "none")
        }
    ])

    @Test("answers its routes and no others", arguments: [HTTPRequest.Method.get, .head])
    func routes(method: HTTPRequest.Method) async throws {
        for path in ["/", "/metrics", "/-/healthy", "/-/ready", "/flamegraph?group=a"] {
            let answer = try await Web.ask(server, path, method: method)
            #expect(answer.status == .ok, "\(path)")
            #expect(answer.body.isEmpty == (method == .head))
            #expect(answer.headers[.contentLength] != "0")
        }
        for path in [
            "/metrics/", "//metrics", "/Metrics", "/-/", "/../metrics", "/%6detrics",
            "/debug/pprof/cmdline", "/-/reload",
        ] {
            let answer = try await Web.ask(server, path, method: method)
            #expect(answer.status == .notFound, "\(path)")
        }
    }

    @Test(
        "allows GET and HEAD only",
        arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options, .trace]
    )
    func methods(method: HTTPRequest.Method) async throws {
        for path in ["/metrics", "/unknown"] {
            let answer = try await Web.ask(server, path, method: method)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "GET, HEAD")
        }
    }

    @Test("refuses requests that were meant for another host")
    func host() async throws {
        let evil = try await Web.ask(server, "/metrics", host: "evil.example")
        #expect(evil.status == .forbidden)
        #expect(!evil.text.contains("ptarmigan_groups"))
        #expect(try await Web.ask(server, "/metrics", host: "127.0.0.1:10187").status == .ok)
        #expect(try await Web.ask(server, "/metrics", host: nil).status == .ok)
        // The first Host line is the request's authority; this one is the second.
        let twice = try await Web.ask(
            server,
            "/metrics",
            headers: [try #require(HTTPField.Name("Host")): "localhost"]
        )
        #expect(twice.status == .badRequest)

        var configuration = WebConfiguration()
        configuration.allowedHosts = ["Evil.example"]
        let open = Web.server(configuration)
        #expect(try await Web.ask(open, "/metrics", host: "evil.example:80").status == .ok)
    }

    @Test(
        "refuses parameters that are unknown, repeated or badly encoded",
        arguments: [
            "/metrics?pid=1", "/metrics?collect[]=a", "/?a", "/-/ready?x=1",
            "/flamegraph?pid=1", "/flamegraph?group=a&group=b", "/flamegraph?group=a%0d%0a",
        ]
    )
    func parameters(path: String) async throws {
        let answer = try await Web.ask(server, path)
        #expect(answer.status == .badRequest)
        #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
    }

    @Test("a question mark alone is no parameter")
    func emptyQuery() async throws {
        #expect(try await Web.ask(server, "/metrics?").status == .ok)
    }

    @Test("refuses a request body")
    func body() async throws {
        let length = try await Web.ask(server, "/metrics", headers: [.contentLength: "1"])
        #expect(length.status == .badRequest)
        let chunked = try await Web.ask(
            server,
            "/metrics",
            headers: [.transferEncoding: "chunked"]
        )
        #expect(chunked.status == .badRequest)
        let none = try await Web.ask(server, "/metrics", headers: [.contentLength: "0"])
        #expect(none.status == .ok)
    }

    @Test("a route can refuse pages of other sites")
    func crossSite() async throws {
        let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
        func status(_ path: String, _ site: String) async throws -> HTTPResponse.Status {
            try await Web.ask(server, path, headers: [name: site]).status
        }
        #expect(try await status("/flamegraph", "cross-site") == .forbidden)
        #expect(try await status("/flamegraph", "same-origin") == .ok)
        #expect(try await status("/flamegraph", "none") == .ok)
        #expect(try await status("/metrics", "cross-site") == .ok)
    }

    @Test(
        "every answer bears the security headers",
        arguments: ["/", "/metrics", "/-/healthy", "/unknown", "/metrics?a=1"]
    )
    func securityHeaders(path: String) async throws {
        for host in ["localhost", "evil.example"] {
            let headers = try await Web.ask(server, path, host: host).headers
            func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
            #expect(value("X-Content-Type-Options") == "nosniff")
            #expect(value("Cache-Control") == "no-store")
            #expect(value("Referrer-Policy") == "no-referrer")
            #expect(value("X-Frame-Options") == "DENY")
            #expect(value("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
            #expect(value("Access-Control-Allow-Origin") == nil)
            #expect(value("Server") == nil)
        }
    }

    @Test("counts what it refuses, by reason")
    func counted() async throws {
        let server = Web.server()
        _ = try await Web.ask(server, "/metrics", host: "evil.example")
        _ = try await Web.ask(server, "/metrics", method: .post)
        _ = try await Web.ask(server, "/unknown")
        _ = try await Web.ask(server, "/unknown")
        let text = try await Web.ask(server, "/metrics").text
        for line in ["host\"} 1", "method\"} 1", "path\"} 2", "query\"} 0"] {
            #expect(text.contains("ptarmigan_web_requests_rejected_total{reason=\"" + line))
        }
    }
}
