// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Sets up each connection with the security that is in force when it is made.
///
/// So a new certificate is served from the next connection on. The deadlines of the HTTP channel
/// begin with the connection: a handshake that does not end is closed as a slow request is.
struct SecureChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    let security: WebSecuritySource

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
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

extension HTTPServerBuilder {
    /// A server of HTTP/1.1, with TLS if the security asks for it.
    static func http1(
        _ configuration: HTTP1Channel.Configuration,
        security: WebSecuritySource?,
        logger: Logger
    ) -> HTTPServerBuilder {
        guard let security else { return .http1(configuration: configuration) }
        if security.current(logger: logger).security.wantsHTTP2 {
            logger.notice("http2 is true in the web configuration; HTTP/1.1 is served all the same")
        }
        return HTTPServerBuilder { responder in
            SecureChannel(
                base: HTTP1Channel(responder: responder, configuration: configuration),
                security: security
            )
        }
    }
}
