// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Text in the columns of a terminal.
///
/// Which characters take two columns is the terminal's choice; these are those that Unicode's
/// East Asian Width (Standard Annex 11) calls wide, and emoji. One too many is a column of space,
/// and one too few is cut off by the terminal, which is told not to wrap.
enum DisplayWidth {
    /// How many columns a text takes.
    static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// The text in so many columns at most; `+` at its end says that it was cut, as in top(1).
    static func cut(_ text: String, to width: Int) -> String {
        guard width > 0 else { return "" }
        guard columns(of: text) > width else { return text }
        var cut = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            let columns = columns(of: scalar)
            guard used + columns <= width - 1 else { break }
            used += columns
            cut.append(scalar)
        }
        return String(cut) + "+"
    }

    /// The text in exactly so many columns, at the left.
    static func left(_ text: String, in width: Int) -> String {
        let text = cut(text, to: width)
        return text + String(repeating: " ", count: max(0, width - columns(of: text)))
    }

    /// The text in at least so many columns, at the right.
    static func right(_ text: String, in width: Int) -> String {
        String(repeating: " ", count: max(0, width - columns(of: text))) + text
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Hangul letters; CJK radicals to Yi; Hangul syllables; compatibility ideographs and forms;
        // full-width forms; ideographs beyond the first 65,536.
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
            0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18d08,
            0x1b000...0x1b2fb, 0x20000...0x3fffd:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
