// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A name as a compiler writes it for a linker, and what a later pass put behind it.
struct MangledName {
    /// Which language's rules it follows.
    enum Scheme: Hashable, Sendable {
        /// Itanium C++ ABI, 5.1; older compilers of Rust follow it, too.
        case cPlusPlus
        /// Rust's symbol mangling, version 0 (RFC 2603).
        case rust
        /// Swift's stable mangling, and that of Swift 4 (docs/ABI/Mangling.rst).
        case swift
    }

    let scheme: Scheme
    /// The part that the scheme rules.
    let body: ArraySlice<UInt8>
    /// What the compiler's passes added: `.cold`, `.part.0`, `.constprop.0`, and so on.
    let suffix: ArraySlice<UInt8>

    /// Nil for a name that no scheme's prefix begins.
    init?(_ name: ArraySlice<UInt8>) {
        guard let scheme = Self.scheme(of: name) else { return nil }
        self.scheme = scheme
        let end = Self.endOfBody(of: name)
        body = name[..<end]
        suffix = name[end...]
    }

    private static func scheme(of name: ArraySlice<UInt8>) -> Scheme? {
        // Nearly all names that are not mangled end here.
        guard let first = name.first, first == UInt8(ascii: "_") || first == UInt8(ascii: "$")
        else { return nil }
        for (prefix, scheme) in prefixes where name.starts(with: prefix.utf8) { return scheme }
        return nil
    }

    private static let prefixes: [(String, Scheme)] = [
        ("_Z", .cPlusPlus), ("_R", .rust), ("$s", .swift),
        ("$S", .swift), ("_$s", .swift), ("_$S", .swift),
        ("_T0", .swift),
    ]

    /// Where the suffixes begin, found from the end: names of older Rust hold dots of their own.
    private static func endOfBody(of name: ArraySlice<UInt8>) -> Int {
        var end = name.endIndex
        while let dot = name[..<end].lastIndex(of: UInt8(ascii: ".")) {
            let part = name[(dot + 1)..<end]
            if passes.contains(where: { part.elementsEqual($0.utf8) }) {
                end = dot
                continue
            }
            // A number belongs to the word before it: both, or neither.
            guard !part.isEmpty, part.allSatisfy({ (0x30...0x39).contains($0) }),
                let before = name[..<dot].lastIndex(of: UInt8(ascii: ".")),
                passes.contains(where: { name[(before + 1)..<dot].elementsEqual($0.utf8) })
            else { break }
            end = before
        }
        return end
    }

    private static let passes = [
        "cold", "part", "constprop", "isra",
        "llvm", "lto_priv",
    ]
}
