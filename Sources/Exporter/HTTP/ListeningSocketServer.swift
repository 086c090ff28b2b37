// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// Serves a socket that listens already, as Hummingbird serves those that it binds.
///
/// Hummingbird takes an address and no socket; its channels and its limits are used here, too.
struct ListeningSocketServer<ChildChannel: ServerChildChannel>: Service {
    let socket: ListeningSocket
    let maximumConnections: Int
    let connection: ChildChannel
    let onServing: @Sendable () async -> Void
    let logger: Logger

    /// Serves until graceful shutdown.
    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let (connections, accepted) = AsyncStream<ChildChannel.Value>.makeStream()
        _ = try await bootstrap(group, quiescing, accepted).withBoundSocket(socket.descriptor).get()
        await withGracefulShutdownHandler {
            await onServing()
            await withDiscardingTaskGroup { tasks in
                for await value in connections {
                    tasks.addTask { await connection.handle(value: value, logger: logger) }
                }
            }
        } onGracefulShutdown: {
            let closed = group.next().makePromise(of: Void.self)
            // Not before: a connection that nobody takes from the stream would never be closed.
            closed.futureResult.whenComplete { _ in accepted.finish() }
            quiescing.initiateShutdown(promise: closed)
        }
    }

    private func bootstrap(
        _ group: MultiThreadedEventLoopGroup,
        _ quiescing: ServerQuiescingHelper,
        _ accepted: AsyncStream<ChildChannel.Value>.Continuation
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    let limit = AvailableConnectionsChannelHandler(
                        maxConnections: maximumConnections
                    )
                    let pipeline = server.pipeline.syncOperations
                    try pipeline.addHandler(limit)
                    try pipeline.addHandler(quiescing.makeServerChannelHandler(channel: server))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                connection.setup(channel: channel, logger: logger).map { value in
                    _ = accepted.yield(value)
                }
            }
    }
}

extension WebResponder {
    /// Answers the requests of connections that no application of Hummingbird's has.
    func answering(logger: Logger) -> HTTPChannelHandler.Responder {
        { request, writer, channel in
            let source = ApplicationRequestContextSource(channel: channel, logger: logger)
            let context = WebRequestContext(source: source)
            var response = try await respond(to: request, context: context)
            response.headers[.date] = HTTPDate.now.description
            try await writer.write(response: response.head, body: response.body)
        }
    }
}
