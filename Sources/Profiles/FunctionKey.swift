// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A function as a metric names it: its symbol and the file that was mapped around it.
///
/// Reserved keys stand for time that no symbol names. They are built by static members only, and
/// no real symbol can equal one:
///
/// - every reserved function but `other` begins with `[`, and `init(symbol:object:)` puts a `\`
///   before a symbol that begins with `[` (or with `\`, so that two symbols never become one);
/// - `other` has an empty object, and a real symbol's object is never empty.
///
/// The two strings themselves differ, so two series never carry the same labels either.
package struct FunctionKey: Hashable, Sendable {
    /// The demangled name, or a reserved one such as `[kernel]`.
    package let function: String
    /// The base name of the mapped file, or the kernel's name for the mapping (`[vdso]`).
    package let object: String

    private init(reserved function: String, object: String) {
        self.function = function
        self.object = object
    }

    /// Names a symbol found in a mapping; an empty symbol is `[unknown]` in that object.
    ///
    /// Both are made safe for labels here, so that no two keys have equal labels.
    package init(symbol: String, object: String) {
        let object = object.isEmpty ? "[anonymous]" : LabelValue(sanitising: object).text
        let symbol = LabelValue(sanitising: symbol).text
        guard let first = symbol.utf8.first else {
            self.init(reserved: "[unknown]", object: object)
            return
        }
        let isReserved = first == UInt8(ascii: "[") || first == UInt8(ascii: "\\")
        self.init(reserved: isReserved ? "\\" + symbol : symbol, object: object)
    }

    /// CPU time of a window in which no sample was taken.
    package static let unsampled = FunctionKey(reserved: "[unsampled]", object: "")
    /// CPU time of a thread left alone because it runs mostly inside the kernel.
    package static let kernel = FunctionKey(reserved: "[kernel]", object: "[kernel]")
    /// Code of which not even the mapping is known.
    package static let unknown = FunctionKey(reserved: "[unknown]", object: "")
    /// Everything that has no series of its own.
    package static let other = FunctionKey(reserved: "other", object: "")
}

extension FunctionKey {
    /// Beginnings of the names of files that programs wait through.
    ///
    /// They are the C library, its threads and its loader, and the kernel's own code: they say how
    /// a thread waits, and not who asked for it.
    private static let libraryPrefixes = [
        "libc.", "libc-", "libpthread.", "libpthread-", "librt.", "librt-", "ld-", "[vdso]",
        "[vsyscall]",
    ]

    /// Whether it is of the C library, by the name of its file.
    package var isOfCLibrary: Bool {
        Self.libraryPrefixes.contains { object.hasPrefix($0) }
    }
}
