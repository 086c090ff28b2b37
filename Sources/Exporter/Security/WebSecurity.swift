// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Who may use the web server and how: what a web configuration says.
package struct WebSecurity: Sendable, Equatable {
    /// How connections are encrypted; nil if they are not.
    package var tls: TLSSettings?

    /// The users, if the server asks for one.
    package var users: [String: BcryptHash] = [:]

    /// Headers of each answer, beside the server's own or in their place.
    package var headers: [ConfigurableHeader: String] = [:]

    package var rateLimit: RateLimit?

    /// Whether HTTP/2 is asked for in so many words.
    package var wantsHTTP2 = false

    package init() {}

    /// Whether whoever gets an answer has shown who they are, by a password or a certificate.
    package var everyClientAuthenticates: Bool {
        !users.isEmpty || verifiesClients
    }

    /// Whether there is no connection without a certificate of the client.
    var verifiesClients: Bool { tls?.clientAuthentication == .verified }
}

/// What is wrong about a web configuration; its description is a line for the user.
package struct WebSecurityProblem: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
