// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Turns the name that a symbol table holds into the name that is shown.
///
/// This is the one place where names are made, so it is where mangled names are to be read.
enum SymbolName {
    /// The name without the version that the linker may have put behind it (`name@VERSION`).
    ///
    /// Bytes that are not UTF-8 become U+FFFD.
    static func display(_ raw: ArraySlice<UInt8>) -> String {
        let at = UInt8(ascii: "@")
        // A name that begins with the sign is no name with a version.
        let end = raw.dropFirst().firstIndex(of: at) ?? raw.endIndex
        return String(decoding: raw[raw.startIndex..<end], as: UTF8.self)
    }
}
