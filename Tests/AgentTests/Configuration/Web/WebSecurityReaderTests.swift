// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@testable import Agent

@Suite struct WebSecurityReaderTests {
    static let hash = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"

    private let fixture: WebFixture

    init() throws { fixture = try WebFixture() }

    @Test func readsUsers() throws {
        let security = try fixture.read(
            "basic_auth_users:\n  ann: \(Self.hash)\n  'b o': \"\(Self.hash)\"\n"
        )
        #expect(
            security.users == ["ann": try BcryptHash(Self.hash), "b o": try BcryptHash(Self.hash)]
        )
        #expect(try fixture.read("basic_auth_users: {}").users.isEmpty)
    }

    @Test(arguments: [
        ("basic_auth_users: [a]", "line 1: basic_auth_users must be a mapping, and is a list"),
        ("basic_auth_users:\n  ann: secret", "line 2: the password of 'ann' is not a bcrypt hash"),
        ("basic_auth_users:\n  ann:", "line 2: the password of 'ann' is not a bcrypt hash"),
        ("basic_auth_users:\n  ann: [a]", "line 2: the password of 'ann' must be text"),
        ("basic_auth_users:\n\n  'a:b': x", "line 3: a user's name has at most 255 bytes"),
        ("basic_auth_users:\n  \"a\\nb\": x", "line 2: a user's name"),
        ("basic_auth_users:\n  a: x\n  a: y", "line 3: 'a' is there twice"),
    ])
    func refusesUsers(text: String, problem: String) {
        let found = fixture.problem(text)
        #expect(found.hasPrefix(problem))
        #expect(!found.contains("secret"))
    }

    @Test func refusesACostThatTakesTooLong() {
        let text = "basic_auth_users:\n  ann: $2y$15$" + Self.hash.dropFirst(7)
        #expect(
            fixture.problem(text).hasPrefix("line 2: the password of 'ann' is a bcrypt hash of")
        )
    }

    @Test func boundsTheUsers() {
        func users(_ count: Int) -> String {
            "basic_auth_users:\n" + (0..<count).map { "  u\($0): \(Self.hash)\n" }.joined()
        }
        #expect(fixture.problem(users(256)) == "nothing")
        #expect(fixture.problem(users(257)).hasSuffix("more than 256 users"))
    }

    @Test func readsTheServer() throws {
        let security = try fixture.read(
            """
            http_server_config:
              http2: true
              headers:
                Content-Security-Policy: "default-src 'self'"
                X-Frame-Options: sameorigin
                X-Content-Type-Options: nosniff
                X-XSS-Protection: "0"
                Strict-Transport-Security: max-age=31536000
            """
        )
        #expect(security.wantsHTTP2)
        #expect(security.headers.count == 5)
        #expect(security.headers[.contentSecurityPolicy] == "default-src 'self'")
        #expect(security.headers[.frameOptions] == "sameorigin")
        #expect(try !fixture.read("http_server_config:\n  http2: false").wantsHTTP2)
        #expect(
            try fixture.read("http_server_config:\n  headers:\n    X-XSS-Protection:").headers
                .isEmpty
        )
    }

    @Test(arguments: [
        (
            "http_server_config:\n  http3: true",
            "line 2: 'http3' is not known in http_server_config"
        ),
        ("http_server_config:\n  http2: yes", "line 2: http2 must be true or false"),
        (
            "http_server_config:\n  headers:\n    Server: a",
            "line 3: 'Server' is not known in headers"
        ),
        (
            "http_server_config:\n  headers:\n    X-Frame-Options: DENY",
            "line 3: X-Frame-Options must be deny or sameorigin"
        ),
        (
            "http_server_config:\n  headers:\n    X-XSS-Protection: \"a\\nb\"",
            "line 3: X-XSS-Protection must be text that a header may hold"
        ),
    ])
    func refusesTheServer(text: String, problem: String) {
        #expect(fixture.problem(text).hasPrefix(problem))
    }

    @Test(arguments: [
        ("100ms", Duration.milliseconds(100)), ("1s", .seconds(1)), ("1.5s", .milliseconds(1500)),
        ("2m", .seconds(120)), ("1h", .seconds(3600)), ("50us", .microseconds(50)),
    ])
    func readsALimit(text: String, interval: Duration) throws {
        let security = try fixture.read("rate_limit:\n  interval: \(text)\n  burst: 20\n")
        #expect(security.rateLimit == RateLimit(interval: interval, burst: 20))
    }

    @Test func readsNoLimit() throws {
        #expect(try fixture.read("rate_limit: {interval: 0, burst: 5}").rateLimit == nil)
        #expect(try fixture.read("rate_limit: {interval: 0s}").rateLimit == nil)
        #expect(try fixture.read("rate_limit: {burst: 5}").rateLimit == nil)
    }

    @Test(arguments: [
        ("{interval: 1s}", "line 1: rate_limit needs burst"),
        ("{interval: 1s, burst: 0}", "line 1: burst must be like 20"),
        ("{interval: 1s, burst: 1.5}", "line 1: rate_limit needs burst, a whole number"),
        ("{interval: 1s, burst: -1}", "line 1: burst must be like 20"),
        ("{interval: 1s, burst: nan}", "line 1: burst must be like 20"),
        ("{interval: 5, burst: 1}", "line 1: interval must be like 100ms"),
        ("{interval: -1s, burst: 1}", "line 1: interval must be like 100ms"),
        ("{interval: 1e9h, burst: 1}", "line 1: interval must be like 100ms"),
        ("{interval: s, burst: 1}", "line 1: interval must be like 100ms"),
        ("{rate: 1}", "line 1: 'rate' is not known in rate_limit"),
    ])
    func refusesALimit(text: String, problem: String) {
        #expect(fixture.problem("rate_limit: " + text).hasPrefix(problem))
    }

    @Test(arguments: [
        "tls_config:", "basic_auth: {}", "- a", "a", "tls_server_config: *a", "{", "\0",
        "\u{feff}a: b",
        "--- {}\n--- {}", "tls_server_config: [", "http_server_config: {headers: [a]}",
    ])
    func refusesWhatIsNoWebConfiguration(text: String) {
        #expect(fixture.problem(text) != "nothing")
    }
}
