// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("WebSecurity")
struct WebSecurityTests {
    @Test("every client authenticates where there are users or certificates must be verified")
    func authenticates() throws {
        #expect(!WebSecurity().everyClientAuthenticates)
        #expect(try SecurityFixture.users(["a": SecurityFixture.hash]).everyClientAuthenticates)
        for (kind, expected) in [
            (TLSSettings.ClientAuthentication.none, false), (.verifiedIfGiven, false),
            (.verified, true),
        ] {
            var security = WebSecurity()
            security.tls = TLSSettings(certificates: [], privateKey: [])
            security.tls?.clientAuthentication = kind
            #expect(security.everyClientAuthenticates == expected)
        }
    }
}
