// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOSSL
import Testing

@testable import Exporter

@Suite("SecureChannel")
struct SecureChannelTests {
    private static let good = "HTTP/1.1 200 OK"

    private func security(_ change: (inout TLSSettings) -> Void = { _ in }) throws -> WebSecurity {
        var security = WebSecurity()
        var settings = try TestCertificates.shared.get().settings()
        change(&settings)
        security.tls = settings
        return security
    }

    private func authority() throws -> [UInt8] { try TestCertificates.shared.get().bytes("ca.crt") }

    /// The status line that a client gets; nil where there is no connection for it.
    private func status(
        _ client: SecureClient,
        _ port: Int,
        _ headers: [String] = []
    ) async
        -> String?
    {
        try? await client.ask(port: port, headers: headers).statusLine
    }

    @Test("serves over TLS 1.2 and 1.3, to clients that know its authority")
    func serves() async throws {
        let source = try SecurityFixture(try security()).source()
        try await Web.serving(security: source) { port in
            for versions in [12...12, 13...13] {
                let answer = try await SecureClient(versions: versions).ask(port: port)
                #expect(answer.statusLine == Self.good)
            }
            #expect(await status(SecureClient(authority: "stranger"), port) == nil)
            // Unencrypted, it gets no answer, whatever it is.
            let plain = try? await Web.statusLine(of: "GET / HTTP/1.1\r\n\r\n", port: port)
            #expect(plain?.hasPrefix("HTTP") != true)
        }
    }

    @Test("serves no version that it was not asked to")
    func versions() async throws {
        let newest = try security { $0.versions = .tls13 ... .tls13 }
        try await Web.serving(security: try SecurityFixture(newest).source()) { port in
            #expect(await status(SecureClient(versions: 12...12), port) == nil)
            #expect(await status(SecureClient(versions: 13...13), port) == Self.good)
        }
    }

    @Test("lets only clients in with a certificate of the authority")
    func clients() async throws {
        let authority = try authority()
        let verified = try security {
            $0.clientAuthentication = .verified
            $0.clientAuthorities = authority
        }
        try await Web.serving(security: try SecurityFixture(verified).source()) { port in
            #expect(await status(SecureClient(name: "client"), port) == Self.good)
            #expect(await status(SecureClient(name: "stranger"), port) == nil)
            #expect(await status(SecureClient(), port) == nil)
            #expect(await status(SecureClient(versions: 12...12), port) == nil)
        }
    }

    @Test("lets clients in without a certificate where one is optional, but not with a wrong one")
    func optional() async throws {
        let authority = try authority()
        let optional = try security {
            $0.clientAuthentication = .verifiedIfGiven
            $0.clientAuthorities = authority
        }
        try await Web.serving(security: try SecurityFixture(optional).source()) { port in
            #expect(await status(SecureClient(), port) == Self.good)
            #expect(await status(SecureClient(name: "client"), port) == Self.good)
            #expect(await status(SecureClient(name: "stranger"), port) == nil)
        }
    }

    @Test("lets only clients in whose certificate has a name of the list")
    func names() async throws {
        let authority = try authority()
        for (name, expected) in [("scraper.example", Self.good), ("other.example", nil)] {
            let named = try security {
                $0.clientAuthentication = .verified
                $0.clientAuthorities = authority
                $0.clientNames = [name]
            }
            try await Web.serving(security: try SecurityFixture(named).source()) { port in
                for versions in [12...12, 13...13] {
                    let client = SecureClient(name: "client", versions: versions)
                    #expect(await status(client, port) == expected)
                }
            }
        }
    }

    @Test("serves a new certificate without being started again, and asks for users")
    func renewed() async throws {
        let fixture = SecurityFixture(try security())
        try await Web.serving(security: try fixture.source()) { port in
            let before = try await SecureClient().ask(port: port)
            var changed = try SecurityFixture.users(["ann": SecurityFixture.hash])
            changed.tls = try TestCertificates.shared.get().settings("renewed")
            fixture.change(to: .success(changed))
            let after = try await SecureClient().ask(port: port)
            #expect(after.statusLine == "HTTP/1.1 401 Unauthorized")
            #expect(before.certificate != nil && after.certificate != nil)
            #expect(before.certificate != after.certificate)
            let header = "Authorization: " + basic("ann", "correct horse")
            #expect(await status(SecureClient(), port, [header]) == Self.good)
        }
    }

    @Test("closes a connection whose handshake does not end in time")
    func deadline() async throws {
        let source = try SecurityFixture(try security()).source()
        try await Web.serving(security: source, headerTimeout: .milliseconds(50)) { port in
            // It reads to the end, so this returns when the server has closed.
            let line = try? await Web.statusLine(of: "\u{16}\u{3}\u{1}", port: port)
            #expect(line?.hasPrefix("HTTP") != true)
        }
    }
}
