// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the names that compilers of C++, Rust and Swift write for linkers.
///
/// A name is data of whoever made the file. Each scheme can say in a hundred bytes what fills any
/// memory when written out, so both lengths are bounded; a name beyond a bound stays as it is.
package enum Demangler {
    /// The longest name that is read, in bytes.
    package static let inputBytesLimit = 4096
    /// The longest text that is made of one, in bytes.
    package static let outputBytesLimit = 8192

    /// The name as its language would write it, with the suffixes of the compiler's passes as they
    /// are.
    ///
    /// - Parameter name: The linker's name, without a version.
    /// - Returns: Nil where the name is of no known scheme, malformed, or beyond a bound.
    package static func demangle(_ name: ArraySlice<UInt8>) -> String? {
        guard name.count <= inputBytesLimit, let mangled = MangledName(name),
            // No scheme has blanks or control characters; Swift's marks references by the latter.
            !mangled.body.contains(where: { $0 <= 0x20 || $0 == 0x7f }),
            let text = text(of: mangled)
        else { return nil }
        return String(decoding: text + mangled.suffix, as: UTF8.self)
    }

    private static func text(of name: MangledName) -> [UInt8]? {
        switch name.scheme {
        case .rust: RustName.read(name.body)
        case .cPlusPlus: RustLegacyName.read(name.body) ?? LibraryName.cPlusPlus(name.body)
        case .swift:
            SwiftNameGrowth.isBounded(name.body) ? LibraryName.swift(name.body) : nil
        }
    }
}
