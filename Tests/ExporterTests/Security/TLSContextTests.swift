// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOSSL
import Testing

@testable import Exporter

@Suite("TLSContext")
struct TLSContextTests {
    private func settings(_ change: (inout TLSSettings) -> Void = { _ in }) throws -> TLSSettings {
        var settings = try TestCertificates.shared.get().settings()
        change(&settings)
        return settings
    }

    private func problem(_ change: (inout TLSSettings) -> Void) throws -> String {
        let settings = try settings(change)
        do throws(WebSecurityProblem) {
            _ = try TLSContext.make(settings)
            return "none"
        } catch {
            return error.description
        }
    }

    @Test("takes each suite, each curve and each pair of versions")
    func choices() throws {
        for suite in TLSCipherSuite.allCases {
            #expect(try problem { $0.cipherSuites = [suite] } == "none")
        }
        #expect(try problem { $0.cipherSuites = TLSCipherSuite.allCases } == "none")
        for curve in TLSCurve.allCases { #expect(try problem { $0.curves = [curve] } == "none") }
        for least in TLSSettings.Version.allCases {
            for most in TLSSettings.Version.allCases where least <= most {
                let context = try TLSContext.make(try settings { $0.versions = least...most })
                #expect(context.configuration.applicationProtocols == ["http/1.1"])
            }
        }
    }

    @Test("suites of TLS 1.3 alone leave nothing to earlier versions")
    func fixedSuites() throws {
        let context = try TLSContext.make(try settings { $0.cipherSuites = [.aes128] })
        #expect(context.configuration.minimumTLSVersion == .tlsv13)
        let text = try problem {
            $0.cipherSuites = [.aes128]
            $0.versions = .tls12 ... .tls12
        }
        #expect(text.contains("cipher_suites"))
    }

    @Test("says which of the files holds nothing that can be used")
    func malformed() throws {
        let certificates = try TestCertificates.shared.get()
        let garbage = Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        for bytes in [[], [0], Array("text".utf8), garbage] {
            #expect(try problem { $0.certificates = bytes }.hasPrefix("cert_file (or cert)"))
            #expect(try problem { $0.privateKey = bytes }.hasPrefix("key_file (or key)"))
            let authority = try problem {
                $0.clientAuthentication = .verified
                $0.clientAuthorities = bytes
            }
            #expect(authority.hasPrefix("client_ca_file (or client_ca)"))
        }
        let other = try certificates.bytes("client.key")
        #expect(try problem { $0.privateKey = other }.contains("not the one of the certificate"))
    }

    @Test("a certificate that is cut short anywhere is an error and no trap")
    func truncated() throws {
        let certificates = try TestCertificates.shared.get()
        let certificate = try certificates.bytes("server.crt")
        let key = try certificates.bytes("server.key")
        for length in stride(from: 0, to: certificate.count - 2, by: 7) {
            #expect(try problem { $0.certificates = Array(certificate.prefix(length)) } != "none")
        }
        for length in stride(from: 0, to: key.count - 2, by: 7) {
            #expect(try problem { $0.privateKey = Array(key.prefix(length)) } != "none")
        }
    }
}
