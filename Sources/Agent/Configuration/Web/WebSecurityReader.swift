// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter

/// Reads a web configuration; its keys are those of Prometheus' exporters.
enum WebSecurityReader {
    static let maximumUsers = 256
    private static let intervalSeconds = 0.0...3_600
    private static let bursts = 1.0...1_000_000

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - directory: where the files are that it names without one.
    ///   - files: reads them.
    static func read(
        _ bytes: [UInt8],
        in directory: String,
        files: inout WatchedFiles
    ) throws(ConfigurationError) -> WebSecurity {
        let file = try ConfigurationMapping(
            try YAMLParser.parse(bytes),
            at: "",
            known: ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"]
        )
        var security = WebSecurity()
        if let node = file.node("tls_server_config") {
            security.tls = try TLSSettingsReader.read(node, in: directory, files: &files)
        }
        if let node = file.node("http_server_config") { try readServer(node, into: &security) }
        if let node = file.node("basic_auth_users") { security.users = try users(node) }
        if let node = file.node("rate_limit") { security.rateLimit = try rateLimit(node) }
        return security
    }

    private static func readServer(
        _ node: YAMLNode,
        into security: inout WebSecurity
    ) throws(ConfigurationError) {
        let server = try ConfigurationMapping(
            node,
            at: "http_server_config",
            known: ["http2", "headers"]
        )
        security.wantsHTTP2 = try server.flag("http2") ?? false
        guard let node = server.node("headers") else { return }
        let headers = try ConfigurationMapping(
            node,
            at: "headers",
            known: ConfigurableHeader.allCases.map(\.rawValue)
        )
        for header in ConfigurableHeader.allCases {
            guard let value = try headers.text(header.rawValue) else { continue }
            guard header.permits(value) else {
                let values = header.values.map { $0.joined(separator: " or ") }
                throw ConfigurationError(
                    headers.node(header.rawValue)?.line ?? node.line,
                    "\(header.rawValue) must be \(values ?? "text that a header may hold")"
                )
            }
            security.headers[header] = value
        }
    }

    private static func users(
        _ node: YAMLNode
    ) throws(ConfigurationError) -> [String: BcryptHash] {
        guard case .mapping(let entries) = node.value else {
            throw ConfigurationError(
                node.line,
                "basic_auth_users must be a mapping, and is \(node.kind)"
            )
        }
        guard entries.count <= maximumUsers else {
            throw ConfigurationError(node.line, "more than \(maximumUsers) users")
        }
        var users: [String: BcryptHash] = [:]
        for entry in entries {
            guard isUserName(entry.key) else {
                throw ConfigurationError(
                    entry.line,
                    "a user's name has at most 255 bytes, no colon and no control character"
                )
            }
            // A password in clear text must not get into a message, so no value does.
            guard case .scalar(let text) = entry.node.value else {
                throw ConfigurationError(entry.line, "the password of '\(entry.key)' must be text")
            }
            do throws(BcryptHash.Problem) {
                users[entry.key] = try BcryptHash(text)
            } catch {
                throw ConfigurationError(entry.line, "the password of '\(entry.key)' is \(error)")
            }
        }
        return users
    }

    /// Whether a client can send it (RFC 7617, section 2).
    private static func isUserName(_ name: String) -> Bool {
        name.utf8.count <= 255
            && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: ":") }
    }

    private static func rateLimit(_ node: YAMLNode) throws(ConfigurationError) -> RateLimit? {
        let limit = try ConfigurationMapping(node, at: "rate_limit", known: ["interval", "burst"])
        // Exporters take this for no limit, and it needs no unit.
        if try limit.text("interval") == "0" { return nil }
        let seconds = try limit.number(
            "interval",
            in: intervalSeconds,
            endings: [("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("s", 1), ("m", 60), ("h", 3_600)],
            example: "100ms"
        )
        let burst = try limit.number("burst", in: bursts, endings: [("", 1)], example: "20")
        guard let seconds, seconds > 0 else { return nil }
        guard let burst, let count = Int(exactly: burst) else {
            throw ConfigurationError(node.line, "rate_limit needs burst, a whole number")
        }
        return RateLimit(interval: .nanoseconds(Int64((seconds * 1e9).rounded())), burst: count)
    }
}
