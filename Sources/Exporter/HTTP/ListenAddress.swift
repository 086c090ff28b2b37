// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import Profiles

/// Where the web server listens: `HOST:PORT`, `[IPV6]:PORT`, or `:PORT` for every address.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// Where the agent listens unless told otherwise: this host alone can connect.
    package static let standard = ListenAddress(host: "127.0.0.1", port: 10187)

    /// A name, or an address without brackets; empty for every address of this host.
    package let host: String

    /// The TCP port; 0 lets the kernel choose one.
    package let port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads an address as a command line gives it.
    ///
    /// - Throws: `ListenAddressError`, which says what is wrong and what is expected.
    package init(parsing text: String) throws(ListenAddressError) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            throw ListenAddressError(text: text, problem: .noPort)
        }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits)
        else { throw ListenAddressError(text: text, problem: .badPort) }

        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard IPLiteral.isVersion6(host) else {
                throw ListenAddressError(text: text, problem: .badHost)
            }
        } else if IPLiteral.isVersion6(host) {
            throw ListenAddressError(text: text, problem: .noBrackets)
        } else if !host.isEmpty, !Self.isHostName(host) {
            throw ListenAddressError(text: text, problem: .badHost)
        }
        self.init(host: host, port: port)
    }

    package var description: String {
        IPLiteral.isVersion6(host) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Whether only programs on this host can connect.
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        return IPLiteral.isVersion4(host) && host.hasPrefix("127.")
    }

    /// Letters, digits, dots and hyphens, as RFC 1123 section 2.1 has them, and underscores.
    private static func isHostName(_ host: String) -> Bool {
        host.utf8.count <= 253
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): true
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}

/// Why a listen address cannot be read; its description is a line for the user.
package struct ListenAddressError: Error, Equatable, CustomStringConvertible {
    package enum Problem: Sendable {
        case noPort
        case badPort
        case badHost
        case noBrackets
    }

    package let text: String
    package let problem: Problem

    package var description: String {
        let reason =
            switch problem {
            case .noPort: "it has no port"
            case .badPort: "the port is not a number from 0 to 65535"
            case .badHost: "the host is neither a name nor an IP address"
            case .noBrackets: "an IPv6 address needs brackets"
            }
        return "bad listen address '\(LabelValue(sanitising: text))': \(reason); "
            + "write HOST:PORT, [IPV6]:PORT or :PORT, for example \(ListenAddress.standard)"
    }
}

/// Tells addresses written as numbers from names (inet_pton(3)).
enum IPLiteral {
    static func isVersion4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isVersion6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// An `in_addr` or `in6_addr` as text (inet_ntop(3)); empty for another family.
    static func text<Address>(of address: Address, family: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let written = withUnsafeBytes(of: address) { bytes in
            inet_ntop(family, bytes.baseAddress, &buffer, socklen_t(buffer.count)) != nil
        }
        guard written else { return "" }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
