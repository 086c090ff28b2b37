// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Decides by its Host header whether a request was meant for this server.
///
/// A page that a browser on this host has open can let its own name point to 127.0.0.1 (DNS
/// rebinding) and then read from any loopback port. The connection looks local; only the Host
/// header still has the page's name. So names are checked against a list. Literal addresses and a
/// missing header are fine: a rebound request always bears a name.
package struct HostPolicy: Sendable {
    private let allowedNames: Set<String>

    /// A policy for `localhost`, the address listened on, and further names (without ports).
    package init(listenAddress: ListenAddress, allowedHosts: [String]) {
        // The host of ":PORT" is empty, and an empty name is nobody's.
        let names = (["localhost", listenAddress.host] + allowedHosts).map(Self.normalise)
        allowedNames = Set(names).subtracting([""])
    }

    /// Whether a request with this Host header may be answered; nil for none.
    package func permits(_ header: String?) -> Bool {
        guard let header, !header.isEmpty else { return true }
        if header.hasPrefix("[") {
            guard let end = header.firstIndex(of: "]") else { return false }
            let literal = header[header.index(after: header.startIndex)..<end]
            return IPLiteral.isVersion6(String(literal))
                && Self.isPortOrEmpty(header[header.index(after: end)...])
        }
        let colon = header.firstIndex(of: ":") ?? header.endIndex
        let name = String(header[..<colon])
        guard !name.isEmpty, Self.isPortOrEmpty(header[colon...]) else { return false }
        return IPLiteral.isVersion4(name) || allowedNames.contains(Self.normalise(name))
    }

    private static func isPortOrEmpty(_ text: Substring) -> Bool {
        text.isEmpty
            || (text.hasPrefix(":") && text.utf8.dropFirst().allSatisfy { (0x30...0x39) ~= $0 })
    }

    /// Names are compared without case and without the dot of the DNS root.
    private static func normalise(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }

    /// The name of this machine, to be put among the allowed hosts (gethostname(2)).
    package static func machineName() -> String? {
        var buffer = [CChar](repeating: 0, count: 256)
        // One byte is kept for the terminator, which a truncated name would lack.
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
