// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Exporter

/// Certificates and keys for one run of the tests, made by openssl.
///
/// `ca` signed `server`, `renewed` and `client`; nobody knows `stranger`, who signed itself.
struct TestCertificates: Sendable {
    /// Made once, whoever asks first.
    static let shared = Result { try TestCertificates() }

    private let files: [String: [UInt8]]

    private init() throws {
        var template = Array("/tmp/ptarmigan-certificates-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let directory = String(
            decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        let outcome = try CommandOutcome(
            of: """
                cd \(directory) && exec 2>&1
                new='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
                root() {
                    openssl req -x509 $new -keyout $1.key -out $1.crt -subj /CN=$1 -days 2
                }
                leaf() {
                    openssl req $new -keyout $1.key -out $1.csr -subj /CN=$1 &&
                        echo "subjectAltName=$2" >$1.ext &&
                        openssl x509 -req -in $1.csr -CA ca.crt -CAkey ca.key -CAcreateserial \\
                            -out $1.crt -days 2 -extfile $1.ext
                }
                root ca && root stranger && leaf server IP:127.0.0.1,DNS:localhost &&
                    leaf renewed IP:127.0.0.1,DNS:localhost &&
                    leaf client DNS:scraper.example,IP:192.0.2.7,IP:2001:db8::7,email:a@b.example
                """
        )
        try #require(outcome.exitCode == 0, "openssl: \(outcome.output)")
        var files: [String: [UInt8]] = [:]
        for name in ["ca", "stranger", "server", "renewed", "client"] {
            for file in ["\(name).crt", "\(name).key"] {
                files[file] = Array(try CommandOutcome(of: "cat \(directory)/\(file)").output.utf8)
            }
        }
        self.files = files
        _ = try CommandOutcome(of: "rm -r \(directory)")
    }

    /// A certificate, `NAME.crt`, or a key, `NAME.key`, in PEM.
    func bytes(_ file: String) throws -> [UInt8] { try #require(files[file]) }

    /// Settings of a server with one of the certificates.
    func settings(_ name: String = "server") throws -> TLSSettings {
        TLSSettings(
            certificates: try bytes("\(name).crt"),
            privateKey: try bytes("\(name).key")
        )
    }
}
