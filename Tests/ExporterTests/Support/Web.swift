// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Testing

/// Servers and requests for tests, without a socket.
enum Web {
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static let families: [MetricFamily] = [
        .gauge("ptarmigan_groups", help: "Groups.", value: 3)
    ]

    static func server(
        _ configuration: WebConfiguration = WebConfiguration(),
        routes: [WebRoute] = [],
        healthy: HealthState = .healthy,
        ready: HealthState = .healthy,
        profiles: ProfileSource? = nil,
        logger: Logger = Web.logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        metrics: @escaping @Sendable () async -> [MetricFamily] = { families }
    ) -> WebServer {
        WebServer(
            configuration: configuration,
            version: "1.2.3",
            sources: WebServer.Sources(
                metrics: [MetricsSource("groups") { .init(await metrics()) }],
                healthy: { healthy },
                ready: { ready },
                profiles: profiles
            ),
            routes: routes,
            logger: logger,
            onListening: onListening
        )
    }

    /// Asks a server, with any Host header or none.
    static func ask(
        _ server: WebServer,
        _ path: String,
        method: HTTPRequest.Method = .get,
        host: String? = "localhost",
        headers: HTTPFields = [:],
        logger: Logger = Web.logger
    ) async throws -> Answer {
        let request = Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: host,
                path: path,
                headerFields: headers
            ),
            body: RequestBody(buffer: ByteBuffer())
        )
        let context = WebRequestContext(
            source: ApplicationRequestContextSource(
                channel: NIOAsyncTestingChannel(),
                logger: logger
            )
        )
        let response = try await server.application.responder.respond(
            to: request,
            context: context
        )
        let collected = BodyCollector()
        try await response.body.write(collected)
        return Answer(
            status: response.status,
            headers: response.headers,
            body: await collected.body.bytes
        )
    }

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? {
            HTTPField.Name(name).flatMap { headers[$0] }
        }
    }

    private actor Body {
        var bytes: [UInt8] = []

        func append(_ buffer: ByteBuffer) { bytes += buffer.readableBytesView }
    }

    private struct BodyCollector: ResponseBodyWriter {
        let body = Body()

        func write(_ buffer: ByteBuffer) async throws { await body.append(buffer) }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
