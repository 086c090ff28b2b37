// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@testable import Agent

@Suite struct TLSSettingsReaderTests {
    private let fixture: WebFixture

    init() throws {
        fixture = try WebFixture(["s.crt": "C", "s.key": "K", "ca.crt": "A"])
    }

    private func settings(_ lines: String...) throws -> TLSSettings? {
        try fixture.read(Self.text(lines)).tls
    }

    private static func text(_ lines: [String]) -> String {
        "tls_server_config:\n" + lines.map { "  \($0)\n" }.joined()
    }

    private static let pair = "cert_file: s.crt\n  key_file: s.key"

    @Test func readsEachKey() throws {
        let settings = try #require(
            try settings(
                Self.pair,
                "client_auth_type: RequireAndVerifyClientCert",
                "client_ca_file: \(fixture.path("ca.crt"))",
                "client_allowed_sans: [scraper.example, 192.0.2.7]",
                "min_version: TLS13",
                "max_version: TLS13",
                "cipher_suites: [TLS_AES_128_GCM_SHA256]",
                "curve_preferences: [X25519, CurveP256]",
                "prefer_server_cipher_suites: false"
            )
        )
        var expected = TLSSettings(certificates: Array("C".utf8), privateKey: Array("K".utf8))
        expected.clientAuthentication = .verified
        expected.clientAuthorities = Array("A".utf8)
        expected.clientNames = ["scraper.example", "192.0.2.7"]
        expected.versions = .tls13 ... .tls13
        expected.cipherSuites = [.aes128]
        expected.curves = [.x25519, .p256]
        #expect(settings == expected)
    }

    @Test func readsWhatIsInTheFileItself() throws {
        let settings = try settings(
            "cert: |",
            "  C",
            "  D",
            "key: K",
            "client_ca: A",
            "client_auth_type: VerifyClientCertIfGiven"
        )
        #expect(settings?.certificates == Array("C\nD\n".utf8))
        #expect(settings?.privateKey == Array("K".utf8))
        #expect(settings?.clientAuthorities == Array("A".utf8))
        #expect(settings?.clientAuthentication == .verifiedIfGiven)
    }

    @Test func readsTheNamesOfAllVersionsSuitesAndCurves() throws {
        for version in TLSSettings.Version.allCases {
            let name = version.rawValue
            let settings = try settings(Self.pair, "min_version: \(name)", "max_version: \(name)")
            #expect(settings?.versions == version...version)
        }
        for suite in TLSCipherSuite.allCases {
            let settings = try settings(Self.pair, "cipher_suites: [\(suite.rawValue)]")
            #expect(settings?.cipherSuites == [suite])
        }
        for curve in TLSCurve.allCases {
            let settings = try settings(Self.pair, "curve_preferences: [\(curve.rawValue)]")
            #expect(settings?.curves == [curve])
        }
    }

    @Test func anEmptyMappingIsNoTLS() throws {
        #expect(try fixture.read("tls_server_config: {}").tls == nil)
        #expect(try fixture.read("tls_server_config:").tls == nil)
    }

    @Test(arguments: [
        (["min_version: TLS12"], "line 2: tls_server_config needs cert_file or cert"),
        (["cert_file: s.crt"], "line 2: tls_server_config needs key_file or key"),
        (["key_file: s.key"], "line 2: tls_server_config needs cert_file or cert"),
        ([pair, "cert: x"], "line 2: cert_file and cert are both there"),
        ([pair, "key: x"], "line 3: key_file and key are both there"),
        (["cert_file: absent.crt", "key_file: s.key"], "line 2: cert_file: "),
        (["cert_file: [a]", "key_file: s.key"], "line 2: cert_file must be text"),
        (["cert_file: .", "key_file: s.key"], "line 2: cert_file: "),
        (
            ["cert_file: /dev/zero", "key_file: s.key"],
            "line 2: cert_file: /dev/zero is no regular"
        ),
        ([pair, "ca_file: x"], "line 4: 'ca_file' is not known in tls_server_config"),
        (
            [pair, "min_version: TLS14"],
            "line 4: min_version: 'TLS14' is not known; known are TLS10"
        ),
        ([pair, "min_version: TLS13", "max_version: TLS12"], "line 2: min_version is after max"),
        ([pair, "cipher_suites:", "- TLS_NULL"], "line 5: cipher_suites: 'TLS_NULL' is not known"),
        ([pair, "curve_preferences: [P256]"], "line 4: curve_preferences: 'P256' is not known"),
        ([pair, "prefer_server_cipher_suites: 1"], "line 4: prefer_server_cipher_suites must be"),
        ([pair, "client_auth_type: Yes"], "line 4: client_auth_type: 'Yes' is not known"),
        (
            [pair, "client_auth_type: RequestClientCert"],
            "line 4: client_auth_type RequestClientCert"
        ),
        ([pair, "client_auth_type: RequireAnyClientCert"], "line 4: client_auth_type RequireAny"),
        (
            [pair, "client_auth_type: RequireAndVerifyClientCert"],
            "line 2: client_auth_type RequireAndVerifyClientCert needs client_ca_file or client_ca"
        ),
        (
            [pair, "client_ca_file: ca.crt"],
            "line 2: client_ca_file and client_ca need a client_auth"
        ),
        ([pair, "client_allowed_sans: [a]"], "line 4: client_allowed_sans needs client_auth_type"),
    ])
    func refuses(lines: [String], problem: String) {
        #expect(fixture.problem(Self.text(lines)).hasPrefix(problem))
    }
}
