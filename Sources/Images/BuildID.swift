// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The name that a linker gave to one build of a program or library (`NT_GNU_BUILD_ID`).
///
/// Any bytes will do; the common linkers write 8, 16 or 20. It is a claim of the file's owner.
package struct BuildID: Hashable, Sendable, CustomStringConvertible {
    /// The longest build id that is taken, in bytes.
    package static let byteLimit = 64

    package let bytes: [UInt8]

    /// Takes 1 to `byteLimit` bytes; any other number is no build id.
    package init?(_ bytes: some Collection<UInt8>) {
        guard (1...Self.byteLimit).contains(bytes.count) else { return nil }
        self.bytes = Array(bytes)
    }

    /// Lower-case hexadecimal digits, as `file`, `readelf -n` and debuginfod write it.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xf)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
