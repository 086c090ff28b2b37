// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Exporter

@Suite("WebAccess")
struct WebAccessTests {
    private func server(_ security: WebSecurity) throws -> WebServer {
        var configuration = WebConfiguration()
        configuration.security = try SecurityFixture(security).source()
        return Web.server(
            configuration,
            routes: [
                WebRoute(path: "/own", title: "Own") { _ in
                    .bytes(.ok, [], contentType: "text/html", [.contentSecurityPolicy: "own"])
                }
            ]
        )
    }

    @Test("asks for a user on every path, before it says anything about the request")
    func everyPath() async throws {
        let server = try server(try SecurityFixture.users(["ann": SecurityFixture.hash]))
        for path in ["/", "/metrics", "/-/healthy", "/-/ready", "/own", "/nowhere", "/metrics?a=b"]
        {
            let refused = try await Web.ask(server, path)
            #expect(refused.status == .unauthorized)
            #expect(refused.headers[.wwwAuthenticate] == "Basic")
            #expect(refused.headers[.xContentTypeOptions] == "nosniff")
        }
        let foreign = try await Web.ask(server, "/metrics", method: .post, host: "evil.example")
        #expect(foreign.status == .unauthorized)
        let header: HTTPFields = [.authorization: basic("ann", "correct horse")]
        for (path, status) in [
            ("/", HTTPResponse.Status.ok), ("/metrics", .ok), ("/-/healthy", .ok),
            ("/nowhere", .notFound),
        ] {
            #expect(try await Web.ask(server, path, headers: header).status == status)
        }
        let metrics = try await Web.ask(server, "/metrics", headers: header)
        #expect(metrics.text.contains("requests_rejected_total{reason=\"credentials\"} 8\n"))
    }

    @Test("above the rate it answers 429, and checks no password")
    func rate() async throws {
        var security = try SecurityFixture.users(["ann": SecurityFixture.hash])
        security.rateLimit = RateLimit(interval: .seconds(3600), burst: 2)
        var configuration = WebConfiguration()
        let source = try SecurityFixture(security).source()
        configuration.security = source
        let server = Web.server(configuration)
        let header: HTTPFields = [.authorization: basic("ann", "correct horse")]
        for status in [HTTPResponse.Status.ok, .ok] {
            #expect(try await Web.ask(server, "/", headers: header).status == status)
        }
        let wrong: HTTPFields = [.authorization: basic("ann", "wrong")]
        let refused = try await Web.ask(server, "/", headers: wrong)
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[.retryAfter] == "1")
        #expect(source.counter.counts.passwordChecks == 1)
    }

    @Test("adds the configured headers to every answer, and leaves a page its own policy")
    func headers() async throws {
        var security = WebSecurity()
        security.headers = [
            .frameOptions: "sameorigin", .strictTransportSecurity: "max-age=1",
            .contentSecurityPolicy: "default-src 'self'",
        ]
        let server = try server(security)
        for (path, policy) in [
            ("/-/healthy", "default-src 'self'"), ("/own", "own"),
            ("/nowhere", "default-src 'self'"),
        ] {
            let answer = try await Web.ask(server, path)
            #expect(answer.headers[.contentSecurityPolicy] == policy)
            #expect(answer.headers[.strictTransportSecurity] == "max-age=1")
            #expect(HTTPField.Name("X-Frame-Options").map { answer.headers[$0] } == "sameorigin")
        }
    }
}
