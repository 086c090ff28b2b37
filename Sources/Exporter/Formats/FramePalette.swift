// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Colours for frames: one for each object, and always the same for its name.
///
/// The hues are those of the "light" scheme of Paul Tol's "Colour Schemes" (SRON/EPS/TN/09-002),
/// which people with any kind of colour vision can tell apart and dark text can be read on.
enum FramePalette {
    /// What is no code of a file: the kernel, what is unknown, and what was not found.
    static let marked = "#c8c8c8"

    /// Without the scheme's olive, which is close to its pear.
    static let colors = [
        "#77aadd", "#99ddff", "#44bb99", "#bbcc33", "#eedd88", "#ee8866", "#ffaabb",
    ]

    /// As `#rrggbb`.
    static func color(of object: String) -> String {
        guard let first = object.utf8.first, first != UInt8(ascii: "[") else { return marked }
        // FNV-1a, 32 bits (RFC 9923). Swift's own hashes differ from run to run.
        var hash: UInt32 = 0x811c_9dc5
        for byte in object.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return colors[Int((hash ^ (hash >> 16)) % UInt32(colors.count))]
    }

    /// The colour of a function: its object's, or one by its own name where that is not known.
    static func color(function: String, object: String) -> String {
        color(of: object.isEmpty ? function : object)
    }
}
