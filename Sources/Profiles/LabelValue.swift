// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The value of a label, made safe once and for all.
///
/// Names of processes, functions and files are bytes that other people chose. This type is the one
/// way by which they reach an exposition, and it can only be made by sanitising:
///
/// - invalid UTF-8 becomes U+FFFD;
/// - control characters, line separators and bidirectional controls become `?`;
/// - more than `maximumLength` characters (Unicode scalars) are cut, and `~` with eight hex digits
///   of a hash over all original bytes is put in their place, so that cut names stay apart.
///
/// Two different names can become one value (`a\u{1}` and `a\u{2}`). Tables of series are therefore
/// keyed by `LabelValue`, not by the raw name, or a series would appear twice.
package struct LabelValue: Hashable, Sendable, CustomStringConvertible {
    /// The most characters (Unicode scalars) that a value has, the hash included.
    package static let maximumLength = 160

    private static let hashSuffixLength = 9
    private static let maximumScalarBytes = 4

    /// The sanitised text, at most `maximumLength` Unicode scalars.
    package let text: String

    package var description: String { text }

    /// A value from bytes of unknown origin.
    package init(sanitising bytes: some Collection<UInt8>) {
        // A scalar takes at most four bytes, so a longer prefix is surely cut; the rest is only
        // hashed, never copied.
        let prefix = bytes.prefix((Self.maximumLength + 1) * Self.maximumScalarBytes)
        var scalars = String.UnicodeScalarView()
        var length = 0
        for scalar in String(decoding: prefix, as: UTF8.self).unicodeScalars {
            guard length < Self.maximumLength else {
                let kept = String(scalars.dropLast(Self.hashSuffixLength))
                text = kept + "~" + Self.hexadecimalHash(bytes)
                return
            }
            scalars.append(Self.isUnsafe(scalar) ? "?" : scalar)
            length += 1
        }
        text = String(scalars)
    }

    /// A value from text of unknown origin.
    package init(sanitising text: String) { self.init(sanitising: text.utf8) }

    /// A value out of a closed set that is written in the code.
    package init(_ literal: StaticString) { self.init(sanitising: literal.description.utf8) }

    /// A number in decimal.
    package init(_ number: some BinaryInteger) { text = String(number) }

    /// Eight digits of FNV-1a over 64 bits, folded to 32: the same on every host, in every run.
    private static func hexadecimalHash(_ bytes: some Collection<UInt8>) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    /// Whether a character could end a line, drive a terminal or reorder the text around it.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f: true
        case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
