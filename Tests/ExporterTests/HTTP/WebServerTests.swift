// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceLifecycle
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

    @Test("serves on a socket: answers, refuses a foreign name and large headers")
    func live() async throws {
        try await Web.server().application.test(.live) { client in
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.status == .ok)
            }
            try await client.execute(
                uri: "/metrics",
                method: .get,
                body: ByteBuffer(string: "x")
            ) { response in
                #expect(response.status == .badRequest)
            }
            let port = try #require(client.port)
            try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
                let evil = TestClient.Request(
                    "/metrics",
                    method: .get,
                    authority: "evil.example",
                    headers: [:],
                    body: nil
                )
                #expect(try await client.execute(evil).status == .forbidden)
                let name = try #require(HTTPField.Name("X-Long"))
                let long = TestClient.Request(
                    "/metrics",
                    method: .get,
                    authority: "localhost",
                    headers: [name: String(repeating: "a", count: 9000)],
                    body: nil
                )
                #expect(try await client.execute(long).status == .badRequest)
            }
        }
    }

    @Test("port 0 reports the port bound; a second server there says it is in use; both stop")
    func bind() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let configuration = WebConfiguration(
            listenAddress: ListenAddress(host: "127.0.0.1", port: 0)
        )
        let server = Web.server(configuration, onListening: { continuation.yield($0) })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: Web.logger)
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            #expect(port > 0)

            let taken = ListenAddress(host: "127.0.0.1", port: UInt16(port))
            await #expect(throws: WebServerError.addressInUse(taken)) {
                try await Web.server(WebConfiguration(listenAddress: taken)).run()
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
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
