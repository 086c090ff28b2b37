// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Who a request says it is from, and the password for that (RFC 7617).
struct BasicCredentials: Equatable, Sendable {
    /// The most bytes of a name.
    static let maximumUserBytes = 255

    /// The most bytes of a password, which is what crypt(3) takes.
    static let maximumPasswordBytes = 511

    let user: String
    let password: [UInt8]

    /// Reads an Authorization header; nil if it is of another scheme, too long or malformed.
    init?(header: String) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic" else { return nil }
        let text = parts[1].drop { $0 == " " }
        let maximum = Self.maximumUserBytes + 1 + Self.maximumPasswordBytes
        guard text.utf8.count <= (maximum + 2) / 3 * 4, let bytes = Base64.decode(text.utf8) else {
            return nil
        }
        // Neither part may hold control characters; a zero would end the password for crypt(3).
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
            colon <= Self.maximumUserBytes,
            bytes.count - colon - 1 <= Self.maximumPasswordBytes,
            let user = String(validating: bytes[..<colon], as: UTF8.self)
        else { return nil }
        self.user = user
        password = Array(bytes[(colon + 1)...])
    }
}
