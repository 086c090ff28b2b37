// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves the admin socket: the only place where a request can name a process.
///
/// No address that another host, or a browser, could reach leads here, and the web server knows
/// none of it.
package struct AdminServer: Service {
    /// Where it listens, and what may be asked of it.
    package struct Configuration: Sendable {
        package var path: String
        /// The longest recording.
        package var maximumSeconds = 60
        /// The most recordings at a time.
        package var maximumCount = 4
        /// How long a new connection may take to send the head of its first request.
        package var headerTimeout = Duration.seconds(5)
        /// Whether the agent ends where the socket can't be had.
        package var isRequired = true

        package init(path: String) { self.path = path }
    }

    private let configuration: Configuration
    private let application: Application<AdminResponder>
    private let logger: Logger

    /// Connections that are open at a time: each takes a descriptor of the agent's.
    private static let maximumConnections = 64

    /// A server that is not listening yet; its path must be free, or that of a dead agent's socket.
    ///
    /// - Parameter onListening: called once.
    package init(
        configuration: Configuration,
        source: @escaping AdminSource,
        usage: AdminUsageCounter,
        logger: Logger,
        onListening: @escaping @Sendable () async -> Void = {}
    ) {
        self.configuration = configuration
        self.logger = logger
        let connections = ConnectionTable(maximum: Self.maximumConnections)
        let hangUps = HangUps()
        var limits = WebConfiguration()
        limits.headerTimeout = configuration.headerTimeout
        application = Application(
            responder: AdminResponder(
                source: source,
                usage: usage,
                hangUps: hangUps,
                maximumSeconds: configuration.maximumSeconds,
                maximumCount: configuration.maximumCount
            ),
            server: .http1(
                configuration: WebServer.channelConfiguration(
                    limits,
                    connections,
                    hangUps
                )
            ),
            configuration: ApplicationConfiguration(
                address: .unixDomainSocket(path: configuration.path),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    2 * Self.maximumConnections
                )
            ),
            onServerRunning: { [path = configuration.path] _ in
                // Everybody may connect: who asks is told by the kernel and not by the file's mode,
                // and a target's own user is one who may.
                chmod(path, 0o666)
                logger.info("Listening", metadata: ["socket": "\(path)"])
                await onListening()
            },
            logger: logger
        )
    }

    /// Serves until graceful shutdown.
    ///
    /// - Throws: `AdminServerError` if it can't listen and is required to.
    package func run() async throws {
        do {
            try await application.run()
            unlink(configuration.path)
        } catch {
            let failure = AdminServerError(error, path: configuration.path)
            guard configuration.isRequired else {
                logger.warning("No admin socket: \(failure)")
                try? await gracefulShutdown()
                return
            }
            throw failure
        }
    }
}
