// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

/// Servers on a real socket, and the bytes that they answer.
extension Web {
    /// How long a server waits for a request: tests that keep every CPU busy make clients slow.
    static let patience = Duration.seconds(300)

    /// Runs a server on a free port of loopback while the body runs, and then stops it.
    ///
    /// - Parameter socket: what it serves in place of that port.
    static func serving(
        profiles: ProfileSource? = nil,
        security: WebSecuritySource? = nil,
        headerTimeout: Duration = patience,
        socket: ListeningSocket? = nil,
        _ body: (_ port: Int) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var configuration = WebConfiguration(
            listenAddress: ListenAddress(host: "127.0.0.1", port: 0)
        )
        configuration.security = security
        configuration.headerTimeout = headerTimeout
        configuration.socket = socket
        let server = server(
            configuration,
            profiles: profiles,
            onListening: { continuation.yield($0) }
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: logger)
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            try await body(try #require(await iterator.next()))
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// The first line of the answer to a request.
    static func statusLine(of request: String, port: Int) async throws -> String? {
        try await exchange(request, port: port).split(separator: "\r\n").first.map(String.init)
    }

    /// Sends a request's bytes on a connection of its own and returns all that comes back.
    static func exchange(_ request: String, port: Int) async throws -> String {
        try await connected(to: port, sending: request) { inbound in
            var answer = ByteBuffer()
            for try await var part in inbound { answer.writeBuffer(&part) }
            // A profile is no text; its head is.
            return String(decoding: answer.readableBytesView, as: UTF8.self)
        }
    }

    /// A request for a path that closes its connection.
    static func get(_ path: String, host: String = "localhost") -> String {
        "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
    }

    /// Sends bytes on a connection, which is closed when the body has ended.
    static func connected<Value: Sendable>(
        to port: Int,
        sending request: String,
        _ body: (NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            return try await body(inbound)
        }
    }
}
