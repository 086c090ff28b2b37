// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How connections are encrypted, and which clients may have one.
package struct TLSSettings: Sendable, Equatable {
    /// What is asked of a client, by Go's names.
    package enum ClientAuthentication: String, CaseIterable, Sendable {
        case none = "NoClientCert"
        case verifiedIfGiven = "VerifyClientCertIfGiven"
        case verified = "RequireAndVerifyClientCert"
    }

    /// A version of the protocol, by its name in a web configuration.
    package enum Version: String, CaseIterable, Comparable, Sendable {
        case tls10 = "TLS10"
        case tls11 = "TLS11"
        case tls12 = "TLS12"
        case tls13 = "TLS13"

        package static func < (left: Version, right: Version) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// The server's certificate and those between it and its authority, in PEM.
    package var certificates: [UInt8]

    /// The key of the first certificate, in PEM.
    package var privateKey: [UInt8]

    package var clientAuthentication = ClientAuthentication.none

    /// The authorities whose certificates clients may have, in PEM.
    package var clientAuthorities: [UInt8] = []

    /// The alternative names of which a client's certificate must have one; any if there are none.
    package var clientNames: Set<String> = []

    package var versions = Version.tls12...Version.tls13

    /// What may be used up to TLS 1.2; the library's choice if there are none.
    package var cipherSuites: [TLSCipherSuite] = []

    /// What keys may be exchanged with, the preferred first; the library's choice if none.
    package var curves: [TLSCurve] = []

    package init(certificates: [UInt8], privateKey: [UInt8]) {
        self.certificates = certificates
        self.privateKey = privateKey
    }
}
