// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import HTTPTypes
import Testing

@Suite("WebServer")
struct WebServerTests {
    @Test("health is 200, or 503 with the reason")
    func health() async throws {
        let server = Web.server(ready: .unhealthy(reason: "no permission to sample"))
        let healthy = try await Web.ask(server, "/-/healthy")
        #expect(healthy.status == .ok)
        #expect(healthy.text == "healthy\n")
        let ready = try await Web.ask(server, "/-/ready")
        #expect(ready.status == .serviceUnavailable)
        #expect(ready.text == "not ready: no permission to sample\n")
    }

    @Test("the landing page names the version and links every page")
    func landing() async throws {
        let answer = try await Web.ask(
            Web.server(routes: [
                WebRoute(path: "/flamegraph", title: "Flame graph") { _ in .plainText(.ok, "") }
            ]),
            "/"
        )
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.text.contains("version 1.2.3."))
        for path in ["/metrics", "/flamegraph", "/-/healthy", "/-/ready"] {
            #expect(answer.text.contains("href=\"\(path)\""))
        }
    }

    @Test("serves on a socket: answers, refuses bodies, foreign names and large headers")
    func live() async throws {
        try await Web.serving { port in
            let start = "GET /metrics HTTP/1.1\r\nConnection: close\r\n"
            let local = "Host: localhost\r\n"
            let long = "X-Long: " + String(repeating: "a", count: 9000) + "\r\n"
            let good = try await Web.statusLine(of: start + local + "\r\n", port: port)
            #expect(good == "HTTP/1.1 200 OK")
            for (request, status) in [
                (local + "Content-Length: 1\r\n\r\nx", "400 Bad Request"),
                ("Host: evil.example\r\n\r\n", "403 Forbidden"),
                (local + long + "\r\n", "400 Bad Request"),
            ] {
                let line = try await Web.statusLine(of: start + request, port: port)
                #expect(line == "HTTP/1.1 " + status)
            }
        }
    }

    @Test("port 0 reports the port bound; a second server there says it is in use; both stop")
    func bind() async throws {
        try await Web.serving { port in
            #expect(port > 0)
            let taken = ListenAddress(host: "127.0.0.1", port: UInt16(port))
            await #expect(throws: WebServerError.addressInUse(taken)) {
                try await Web.server(WebConfiguration(listenAddress: taken)).run()
            }
        }
    }

    @Test("an address that this host does not have is an error with a name")
    func notAvailable() async throws {
        // TEST-NET-1 (RFC 5737) is on no host.
        let address = ListenAddress(host: "192.0.2.1", port: 0)
        await #expect(throws: WebServerError.addressNotAvailable(address)) {
            try await Web.server(WebConfiguration(listenAddress: address)).run()
        }
    }
}
