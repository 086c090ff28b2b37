// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOSSL

/// Makes of settings what connections are encrypted with.
enum TLSContext {
    /// A context for a server.
    ///
    /// - Throws: `WebSecurityProblem`, which names the key of the file that is wrong.
    static func make(_ settings: TLSSettings) throws(WebSecurityProblem) -> NIOSSLContext {
        let certificates = try certificates(settings.certificates, "cert_file (or cert)")
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: settings.privateKey, format: .pem)
        } catch {
            throw WebSecurityProblem("key_file (or key) holds no private key in PEM")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.applicationProtocols = ["http/1.1"]
        configuration.minimumTLSVersion = settings.versions.lowerBound.code
        configuration.maximumTLSVersion = settings.versions.upperBound.code
        try setCiphers(of: settings, in: &configuration)
        try setClients(of: settings, in: &configuration)
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw WebSecurityProblem("the private key is not the one of the certificate")
        }
    }

    private static func setCiphers(
        of settings: TLSSettings,
        in configuration: inout TLSConfiguration
    ) throws(WebSecurityProblem) {
        if !settings.curves.isEmpty { configuration.curves = settings.curves.map(\.code) }
        guard !settings.cipherSuites.isEmpty else { return }
        let codes = settings.cipherSuites.compactMap(\.code)
        if codes.isEmpty {
            // Nothing is left for the versions before TLS 1.3, so they can't be used.
            guard settings.versions.upperBound == .tls13 else {
                throw WebSecurityProblem(
                    "cipher_suites are all of TLS13, and max_version is before that"
                )
            }
            configuration.minimumTLSVersion = .tlsv13
        } else {
            configuration.cipherSuiteValues = codes
        }
    }

    private static func setClients(
        of settings: TLSSettings,
        in configuration: inout TLSConfiguration
    ) throws(WebSecurityProblem) {
        switch settings.clientAuthentication {
        case .none: return
        case .verifiedIfGiven: configuration.certificateVerification = .optionalVerification
        // A client has no host name to look for in its certificate.
        case .verified: configuration.certificateVerification = .noHostnameVerification
        }
        configuration.trustRoots = .certificates(
            try certificates(settings.clientAuthorities, "client_ca_file (or client_ca)")
        )
        configuration.sendCANameList = true
    }

    private static func certificates(
        _ bytes: [UInt8],
        _ key: String
    ) throws(WebSecurityProblem) -> [NIOSSLCertificate] {
        do {
            let certificates = bytes.isEmpty ? [] : try NIOSSLCertificate.fromPEMBytes(bytes)
            if !certificates.isEmpty { return certificates }
        } catch {
            // The library does not say more than that it could not read them.
        }
        throw WebSecurityProblem("\(key) holds no certificate in PEM")
    }
}

extension TLSSettings.Version {
    fileprivate var code: TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}
