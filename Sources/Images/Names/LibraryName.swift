// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CDemangle

/// Names that the libraries of their languages read.
enum LibraryName {
    /// The text of a C++ name (`_Z`), or nil where it is malformed or too long.
    ///
    /// The library gives up on names of more than 1,024 bytes (its limit of recursion).
    static func cPlusPlus(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        unsafe text(of: name) { name, _, into, capacity in
            unsafe cdemangle_cplusplus(name, into, capacity)
        }
    }

    /// The text of a Swift name, or nil where it is malformed or too long.
    ///
    /// Only for names whose growth is bounded (`SwiftNameGrowth`).
    static func swift(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        unsafe text(of: name) { name, count, into, capacity in
            unsafe cdemangle_swift(name, count, into, capacity)
        }
    }

    private typealias Library = (
        UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>, Int
    ) -> Int

    private static func text(of name: ArraySlice<UInt8>, by library: Library) -> [UInt8]? {
        let capacity = Demangler.outputBytesLimit
        let zeroEnded = name.map(CChar.init(bitPattern:)) + [0]
        var written = -1
        let text = unsafe [CChar](unsafeUninitializedCapacity: capacity) { into, filled in
            guard let start = into.baseAddress else { return }
            written = unsafe zeroEnded.withUnsafeBufferPointer { name in
                guard let bytes = name.baseAddress else { return -1 }
                return unsafe library(bytes, name.count - 1, start, capacity)
            }
            filled = max(0, written)
        }
        return written > 0 ? text.map(UInt8.init(bitPattern:)) : nil
    }
}
