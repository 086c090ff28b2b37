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

    /// Reads what `description` gives; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(of: digits[index]),
                let low = Self.value(of: digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
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
