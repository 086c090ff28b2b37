// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Turns the name that a symbol table holds into the names that are told.
///
/// This is the one place where names are made, so it is where mangled names are read: only those
/// that are looked up, because reading one takes longer than finding it.
struct SymbolName: Hashable {
    /// What is put behind the name of an entry of the procedure linkage table.
    static let linkageSuffix = "@plt"

    /// The name to show: in its language's own words if they can be read.
    let shown: String
    /// The linker's name, without the version that may stand behind it (`name@VERSION`).
    ///
    /// Bytes that are not UTF-8 become U+FFFD.
    let linker: String

    /// Reads the bytes of a name.
    init(_ raw: ArraySlice<UInt8>) {
        // A name that begins with the sign is no name with a version.
        let end = raw.dropFirst().firstIndex(of: UInt8(ascii: "@")) ?? raw.endIndex
        let isLinkage = raw[end...].elementsEqual(Self.linkageSuffix.utf8)
        let suffix = isLinkage ? Self.linkageSuffix : ""
        let name = raw[..<end]
        linker = String(decoding: name, as: UTF8.self) + suffix
        shown = Demangler.demangle(name).map { $0 + suffix } ?? linker
    }
}
