// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Names that Rust's compilers wrote before version 0 of their own scheme.
///
/// They look like nested names of C++ (`_ZN` ... `E`) whose last part is a hash: `h` and 16
/// hexadecimal digits. Characters that assemblers do not take are written as `$LT$` and the like
/// (rustc_symbol_mangling, legacy.rs).
enum RustLegacyName {
    /// The path without the hash, or nil where the name is not of this kind.
    static func read(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        guard name.starts(with: "_ZN".utf8) else { return nil }
        var scanner = NameScanner(name.dropFirst(3))
        var parts: [ArraySlice<UInt8>] = []
        while let length = scanner.takeNumber() {
            guard length > 0, let part = scanner.take(count: length) else { return nil }
            parts.append(part)
        }
        guard scanner.take("E"), scanner.isAtEnd, parts.count > 1, let hash = parts.popLast(),
            isHash(hash)
        else { return nil }
        var text: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { text += "::".utf8 }
            append(part, to: &text)
        }
        return text.count <= Demangler.outputBytesLimit ? text : nil
    }

    /// A function of C++ could have such a name, but not with as many different digits.
    private static func isHash(_ part: ArraySlice<UInt8>) -> Bool {
        guard part.count == 17, part.first == UInt8(ascii: "h") else { return false }
        let digits = part.dropFirst()
        return Set(digits).count >= 5
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func append(_ part: ArraySlice<UInt8>, to text: inout [UInt8]) {
        // The underscore keeps a part from beginning with the dollar.
        var rest = part.starts(with: "_$".utf8) ? part.dropFirst() : part
        while let byte = rest.first {
            if rest.starts(with: "..".utf8) {
                text += "::".utf8
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: "$"), let (bytes, length) = unescape(rest) {
                text += bytes
                rest = rest.dropFirst(length)
            } else {
                text.append(byte)
                rest = rest.dropFirst()
            }
        }
    }

    private static let escapes: [(String, String)] = [
        ("SP", "@"), ("BP", "*"), ("RF", "&"), ("LT", "<"), ("GT", ">"), ("LP", "("), ("RP", ")"),
        ("C", ","),
    ]

    /// What the escape at the start of the bytes stands for, and how long it is with both dollars.
    private static func unescape(_ rest: ArraySlice<UInt8>) -> (text: [UInt8], length: Int)? {
        let inner = rest.dropFirst().prefix { $0 != UInt8(ascii: "$") }
        guard inner.endIndex < rest.endIndex, inner.count <= 9 else { return nil }
        let length = inner.count + 2
        let code = String(decoding: inner, as: UTF8.self)
        if let escape = escapes.first(where: { $0.0 == code }) {
            return (Array(escape.1.utf8), length)
        }
        guard code.hasPrefix("u"), let value = UInt32(code.dropFirst(), radix: 16),
            let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .control
        else { return nil }
        return (Array(String(Character(scalar)).utf8), length)
    }
}
