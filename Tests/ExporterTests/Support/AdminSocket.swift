// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

/// An admin server on a socket of its own.
enum AdminSocket {
    /// Runs a server while the body runs, and then stops it.
    static func serving(
        _ source: @escaping AdminSource,
        usage: AdminUsageCounter = AdminUsageCounter(),
        maximumCount: Int = 4,
        logger: Logger = Web.logger,
        _ body: (_ path: String) async throws -> Void
    ) async throws {
        let directory = try makeDirectory()
        defer { rmdir(directory) }
        let path = "\(directory)/admin.sock"
        var configuration = AdminServer.Configuration(path: path)
        configuration.maximumCount = maximumCount
        configuration.headerTimeout = Web.patience
        let (listening, continuation) = AsyncStream.makeStream(of: Void.self)
        let server = AdminServer(
            configuration: configuration,
            source: source,
            usage: usage,
            logger: logger,
            onListening: { continuation.yield(()) }
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: logger)
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = listening.makeAsyncIterator()
            try #require(await iterator.next() != nil)
            try await body(path)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Answers each request with these bytes as soon as its head has come, and hangs up, while the
    /// body runs.
    static func answering(
        _ answer: String,
        _ body: (_ path: String) async throws -> Void
    ) async throws {
        let directory = try makeDirectory()
        let path = "\(directory)/admin.sock"
        defer {
            unlink(path)
            rmdir(directory)
        }
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Hasty(answer))
                }
            }
            .bind(unixDomainSocketPath: path).get()
        try await body(path)
        try await server.close()
    }

    private static func makeDirectory() throws -> String {
        var template = Array("/tmp/ptarmigan-test-XXXXXX".utf8CString)
        return try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    private final class Hasty: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: String

        init(_ answer: String) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            context.close(promise: nil)
        }
    }

    /// Sends a request's bytes on a connection of its own and returns the first line of the answer.
    static func statusLine(of request: String, at path: String) async throws -> String? {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ByteBuffer()
            for try await var part in inbound { answer.writeBuffer(&part) }
            return String(buffer: answer).split(separator: "\r\n").first.map(String.init)
        }
    }
}
