// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter

/// Reads `tls_server_config` of a web configuration.
struct TLSSettingsReader {
    private static let keys = [
        "cert_file", "key_file", "cert", "key", "client_auth_type", "client_ca_file", "client_ca",
        "client_allowed_sans", "min_version", "max_version", "cipher_suites", "curve_preferences",
        "prefer_server_cipher_suites",
    ]

    private let mapping: ConfigurationMapping
    private let directory: String
    private let line: Int

    /// Reads the settings and the files that they name; nil for none.
    static func read(
        _ node: YAMLNode,
        in directory: String,
        files: inout WatchedFiles
    ) throws(ConfigurationError) -> TLSSettings? {
        if node.value == .mapping([]) { return nil }
        let reader = TLSSettingsReader(
            mapping: try ConfigurationMapping(node, at: "tls_server_config", known: keys),
            directory: directory,
            line: node.line
        )
        return try reader.settings(&files)
    }

    private func settings(
        _ files: inout WatchedFiles
    ) throws(ConfigurationError) -> TLSSettings {
        // What the text says comes before what the files say, which may change without it.
        let versions = try versions()
        let suites = try list("cipher_suites", of: TLSCipherSuite.self)
        let curves = try list("curve_preferences", of: TLSCurve.self)
        // Whose order counts is the library's to say, as it is in Go.
        _ = try mapping.flag("prefer_server_cipher_suites")
        let clients = try clientAuthentication()
        let names = try clientNames(clients)

        guard let certificates = try material("cert_file", "cert", &files) else {
            throw ConfigurationError(line, "tls_server_config needs cert_file or cert")
        }
        guard let key = try material("key_file", "key", &files) else {
            throw ConfigurationError(line, "tls_server_config needs key_file or key")
        }
        var settings = TLSSettings(certificates: certificates, privateKey: key)
        settings.versions = versions
        settings.cipherSuites = suites
        settings.curves = curves
        settings.clientAuthentication = clients
        settings.clientNames = names
        settings.clientAuthorities = try authorities(clients, &files)
        return settings
    }

    private func versions() throws(ConfigurationError) -> ClosedRange<TLSSettings.Version> {
        let least = try choice("min_version", of: TLSSettings.Version.self) ?? .tls12
        let most = try choice("max_version", of: TLSSettings.Version.self) ?? .tls13
        guard least <= most else {
            throw ConfigurationError(line, "min_version is after max_version")
        }
        return least...most
    }

    private func clientAuthentication() throws(ConfigurationError)
        -> TLSSettings.ClientAuthentication
    {
        let key = "client_auth_type"
        // These ask for a certificate that anybody can make, and so keep nobody out.
        let unverified = ["RequestClientCert", "RequireAnyClientCert", "RequireClientCert"]
        if let text = try mapping.text(key), unverified.contains(text) {
            throw ConfigurationError(
                mapping.node(key)?.line ?? line,
                "\(key) \(text) verifies nothing and is not supported; "
                    + "take RequireAndVerifyClientCert"
            )
        }
        return try choice(key, of: TLSSettings.ClientAuthentication.self) ?? .none
    }

    private func clientNames(
        _ clients: TLSSettings.ClientAuthentication
    ) throws(ConfigurationError) -> Set<String> {
        let names = try mapping.texts("client_allowed_sans").map(\.text)
        guard names.isEmpty || clients == .verified else {
            throw ConfigurationError(
                mapping.node("client_allowed_sans")?.line ?? line,
                "client_allowed_sans needs client_auth_type RequireAndVerifyClientCert"
            )
        }
        return Set(names)
    }

    private func authorities(
        _ clients: TLSSettings.ClientAuthentication,
        _ files: inout WatchedFiles
    ) throws(ConfigurationError) -> [UInt8] {
        let found = try material("client_ca_file", "client_ca", &files)
        guard (found == nil) == (clients == .none) else {
            throw ConfigurationError(
                line,
                found == nil
                    // Without one, whoever has any certificate of a public authority would do.
                    ? "client_auth_type \(clients.rawValue) needs client_ca_file or client_ca"
                    : "client_ca_file and client_ca need a client_auth_type that verifies"
            )
        }
        return found ?? []
    }

    /// What is under one of two keys: the name of a file, or its contents.
    private func material(
        _ fileKey: String,
        _ inlineKey: String,
        _ files: inout WatchedFiles
    ) throws(ConfigurationError) -> [UInt8]? {
        let inline = try mapping.text(inlineKey)
        guard let name = try mapping.text(fileKey) else { return inline.map { Array($0.utf8) } }
        let line = mapping.node(fileKey)?.line ?? line
        guard inline == nil else {
            throw ConfigurationError(line, "\(fileKey) and \(inlineKey) are both there")
        }
        do throws(Failure) {
            return try files.read(name.hasPrefix("/") ? name : "\(directory)/\(name)")
        } catch {
            throw ConfigurationError(line, "\(fileKey): \(error.message)")
        }
    }

    private func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Value.Type
    ) throws(ConfigurationError) -> Value? where Value.RawValue == String {
        guard let text = try mapping.text(key) else { return nil }
        return try value(text, key, mapping.node(key)?.line ?? line)
    }

    private func list<Value: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Value.Type
    ) throws(ConfigurationError) -> [Value] where Value.RawValue == String {
        var values: [Value] = []
        for text in try mapping.texts(key) {
            values.append(try value(text.text, key, text.line))
        }
        return values
    }

    private func value<Value: RawRepresentable & CaseIterable>(
        _ text: String,
        _ key: String,
        _ line: Int
    ) throws(ConfigurationError) -> Value where Value.RawValue == String {
        if let value = Value(rawValue: text) { return value }
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigurationError(line, "\(key): '\(text)' is not known; known are \(known)")
    }
}
