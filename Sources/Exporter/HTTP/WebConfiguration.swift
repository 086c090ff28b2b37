// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How the web server behaves; every limit of it is here.
package struct WebConfiguration: Sendable {
    /// Where to listen.
    package var listenAddress: ListenAddress

    /// The socket to serve in place of one bound to `listenAddress`, which is its address then.
    package var socket: ListeningSocket? {
        didSet { if let socket { listenAddress = socket.address } }
    }

    /// Names beside `localhost` and the listen address that a Host header may have.
    package var allowedHosts: [String]

    /// The most series in one exposition.
    package var expositionLimit = ExpositionLimit()

    /// The most scrapes answered at the same time; more get 503.
    package var maximumConcurrentScrapes = 40

    /// The longest that a scrape waits for new metrics before it gets the last ones again.
    package var maximumScrapeWait = Duration.seconds(5)

    /// Whether profiles are served where programs of other hosts can connect.
    package var allowsUnauthenticatedProfiles = false

    /// The longest that a request can have sampling waited for, in seconds.
    package var maximumProfileSeconds = 60

    /// The most profiles in progress at the same time; more get 503.
    package var maximumConcurrentProfiles = 4

    /// The most connections; for one more, the one is closed that has waited longest without a
    /// request.
    package var maximumConnections = 256

    /// The most bytes of one header line, and of all of them together.
    package var maximumHeaderBytes = 8192

    /// The most header lines.
    package var maximumHeaderCount = 100

    /// How long a new connection may take to send the head of its first request.
    package var headerTimeout = Duration.seconds(5)

    /// How long a connection may wait for its next request.
    package var idleTimeout = Duration.seconds(30)

    /// How long a client may take to accept the bytes of an answer.
    package var writeTimeout = Duration.seconds(30)

    /// TLS, users and headers; nil serves everybody who can connect, unencrypted.
    package var security: WebSecuritySource?

    /// Whether every client shows who it is; once true, it stays so while the server runs.
    package var everyClientAuthenticates: Bool { security?.everyClientAuthenticates ?? false }

    package init(listenAddress: ListenAddress = .standard, allowedHosts: [String] = []) {
        self.listenAddress = listenAddress
        self.allowedHosts = allowedHosts
    }

    /// Why profiles are not served, as a line for who asks; nil if they are.
    ///
    /// Metrics say how much a function uses. Profiles say also who calls it, in whatever program of
    /// the host, and cost the agent work: that is for those alone who were meant to have it.
    var profileRefusal: String? {
        if listenAddress.isLoopback || everyClientAuthenticates || allowsUnauthenticatedProfiles {
            return nil
        }
        return "profiles are not served to everybody on an address that other hosts can reach; "
            + "set users or client certificates in --web.config.file, listen on 127.0.0.1, "
            + "or allow it with --web.allow-unauthenticated-profiles"
    }
}
