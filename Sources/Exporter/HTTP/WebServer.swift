// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The web server of the agent: metrics, health and the routes added to it.
///
/// It runs until graceful shutdown is asked for, and then answers what is in progress, and does not
/// wait for profiles. Nothing that it serves stops a target: the closures read what is there.
package struct WebServer: Service {
    /// What the server asks for its answers.
    package struct Sources: Sendable {
        /// All metrics but the server's own, in the order of exposition.
        package var metrics: [MetricsSource]

        /// Whether the agent works; asked by `/-/healthy`.
        package var healthy: @Sendable () async -> HealthState

        /// Whether the agent samples or has said why not; asked by `/-/ready`.
        package var ready: @Sendable () async -> HealthState

        /// Where profiles can be had; nil if there are none, and then no pages for them.
        package var profiles: ProfileSource?

        package init(
            metrics: [MetricsSource],
            healthy: @escaping @Sendable () async -> HealthState,
            ready: @escaping @Sendable () async -> HealthState,
            profiles: ProfileSource? = nil
        ) {
            self.metrics = metrics
            self.healthy = healthy
            self.ready = ready
            self.profiles = profiles
        }
    }

    /// The server before it listens; tests drive its responder directly.
    package let application: Application<WebResponder>

    private let listenAddress: ListenAddress

    /// What serves in place of the application, where there is a socket already.
    private let socketServer: ListeningSocketServer<SecureChannel>?

    /// A server that is not listening yet.
    ///
    /// - Parameters:
    ///   - version: the agent's version, for the landing page.
    ///   - routes: further routes, linked from the landing page in this order.
    ///   - onListening: called once with the port bound, which differs if 0 was asked for.
    package init(
        configuration: WebConfiguration,
        version: String,
        sources: Sources,
        routes: [WebRoute] = [],
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        listenAddress = configuration.listenAddress
        let connections = ConnectionTable(maximum: configuration.maximumConnections)
        let usage = WebUsageCounter(
            hasProfiles: sources.profiles != nil,
            connections: connections
        )
        let hangUps = HangUps()
        let responder = WebResponder(
            hosts: HostPolicy(
                listenAddress: configuration.listenAddress,
                allowedHosts: configuration.allowedHosts
            ),
            routes: Self.routes(configuration, version, sources, further: routes, usage),
            sections: sources.profiles == nil ? [] : [ProfileRoutes.section],
            usage: usage,
            hangUps: hangUps,
            security: configuration.security
        )
        let channel = Self.channelConfiguration(configuration, connections, hangUps)
        let makeConnection = {
            @Sendable (responder: @escaping HTTPChannelHandler.Responder) in
            SecureChannel(
                responder: responder,
                configuration: channel,
                security: configuration.security,
                logger: logger
            )
        }
        // The table makes room well before; this bounds what is being closed.
        let mostConnections = 2 * configuration.maximumConnections
        let onServing = { @Sendable [host = listenAddress.host] (port: Int) async in
            logger.info("Listening", metadata: ["host": "\(host)", "port": "\(port)"])
            await onListening(port)
        }
        socketServer = configuration.socket.map { socket in
            ListeningSocketServer(
                socket: socket,
                maximumConnections: mostConnections,
                connection: makeConnection(responder.answering(logger: logger)),
                onServing: { await onServing(Int(socket.address.port)) },
                logger: logger
            )
        }
        application = Application(
            responder: responder,
            server: HTTPServerBuilder(makeConnection),
            configuration: ApplicationConfiguration(
                address: .hostname(
                    Self.bindHost(of: configuration.listenAddress),
                    port: Int(configuration.listenAddress.port)
                ),
                availableConnectionsDelegate: MaximumAvailableConnections(mostConnections)
            ),
            onServerRunning: { [port = Int(listenAddress.port)] channel in
                await onServing(channel.localAddress?.port ?? port)
            },
            logger: logger
        )
    }

    /// Serves until graceful shutdown.
    ///
    /// - Throws: `WebServerError` if the server cannot listen.
    package func run() async throws {
        do {
            if let socketServer {
                try await socketServer.run()
            } else {
                try await application.run()
            }
        } catch {
            throw WebServerError(error, listenAddress: listenAddress) ?? error
        }
    }

    private static func routes(
        _ configuration: WebConfiguration,
        _ version: String,
        _ sources: Sources,
        further: [WebRoute],
        _ usage: WebUsageCounter
    ) -> [WebRoute] {
        let metrics = MetricsHandler(
            configuration: configuration,
            usage: usage,
            sources: sources.metrics
        )
        let profiles = sources.profiles.map {
            ProfileRoutes(source: $0, configuration: configuration, usage: usage).routes
        }
        let linked =
            [WebRoute(path: "/metrics", title: "Metrics") { await metrics.respond(to: $0) }]
            + (profiles ?? [])
            + further
            + [
                WebRoute(path: "/-/healthy", title: "Health") { _ in
                    health(await sources.healthy(), good: "healthy")
                },
                WebRoute(path: "/-/ready", title: "Readiness") { _ in
                    health(await sources.ready(), good: "ready")
                },
            ]
        let page = LandingPage(name: "Ptarmigan", version: version, routes: linked)
        let groups = configuration.profileRefusal == nil ? sources.profiles?.groups : nil
        let landing = WebRoute(path: "/", title: nil) { _ in
            WebPage.response(page.html(groups: await groups?()))
        }
        return [landing] + linked
    }

    private static func health(_ state: HealthState, good: String) -> Response {
        switch state {
        case .healthy: .plainText(.ok, good)
        case .unhealthy(let reason): .plainText(.serviceUnavailable, "not \(good): \(reason)")
        }
    }

    /// How connections are held to their deadlines and to the lengths of what they ask.
    static func channelConfiguration(
        _ configuration: WebConfiguration,
        _ connections: ConnectionTable,
        _ hangUps: HangUps
    ) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionDeadlines(
                    headerTimeout: configuration.headerTimeout,
                    writeTimeout: configuration.writeTimeout,
                    table: connections
                ),
                hangUps.makeHandler(),
            ],
            idleTimeout: TimeAmount(configuration.idleTimeout),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: configuration.maximumHeaderBytes,
                maxHeaderListSize: configuration.maximumHeaderBytes,
                maxHeaderFieldCount: configuration.maximumHeaderCount
            )
        )
    }

    /// The host to bind: for every address, IPv6 (which takes IPv4 too) unless the kernel has none.
    private static func bindHost(of address: ListenAddress) -> String {
        guard address.host.isEmpty else { return address.host }
        let probe = socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return "0.0.0.0" }
        close(probe)
        return "::"
    }
}
