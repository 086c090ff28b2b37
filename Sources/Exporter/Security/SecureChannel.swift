// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Sets up each connection of HTTP/1.1 with the security that is in force when it is made.
///
/// So a new certificate is served from the next connection on. The deadlines of the HTTP channel
/// begin with the connection: a handshake that does not end is closed as a slow request is.
struct SecureChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let security: WebSecuritySource?

    /// - Parameter security: nil for connections in plain text.
    init(
        responder: @escaping HTTPChannelHandler.Responder,
        configuration: HTTP1Channel.Configuration,
        security: WebSecuritySource?,
        logger: Logger
    ) {
        base = HTTP1Channel(responder: responder, configuration: configuration)
        self.security = security
        if let security, security.current(logger: logger).security.wantsHTTP2 {
            logger.notice("http2 is true in the web configuration; HTTP/1.1 is served all the same")
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard let security else { return base.setup(channel: channel, logger: logger) }
        return channel.eventLoop.makeCompletedFuture {
            let loaded = security.current(logger: logger)
            guard let context = loaded.context else { return }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NIOSSLServerHandler(context: context))
            let names = loaded.security.tls?.clientNames ?? []
            if !names.isEmpty { try pipeline.addHandler(ClientNameCheck(allowed: names)) }
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
