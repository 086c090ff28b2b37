// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Text in which each character is seen where it stands.
///
/// A program chooses its own function names. In a terminal or on a page, a control character in one
/// could move the cursor or colour what follows, and a bidirectional control could show it in
/// another order than it is in. XML allows most of them not even as references (XML 1.0, section
/// 2.2).
package struct VisibleText: Sendable, CustomStringConvertible {
    package let description: String

    /// The text with U+FFFD in place of each such character, and of `separator`.
    package init(replacingControlsIn text: String, separator: Unicode.Scalar? = nil) {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isHidden = Self.isControl(scalar) || scalar == separator
            scalars.append(isHidden ? "\u{fffd}" : scalar)
        }
        description = String(scalars)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // C0, DEL and C1; line and paragraph separators.
        case ..<0x20, 0x7f..<0xa0, 0x2028...0x2029: true
        // Unicode Standard Annex 9, section 2: marks, embeddings, overrides and isolates.
        case 0x061c, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        // Not characters.
        case 0xfffe...0xffff: true
        default: false
        }
    }
}
