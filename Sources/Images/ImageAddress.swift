// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A virtual address as a file states it, before the loader moved the file (often called svma).
///
/// `Address` is where the same byte lies in one process; the types keep the two apart.
@usableFromInline
package struct ImageAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    @usableFromInline package let rawValue: UInt64

    @inlinable package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    @inlinable package var description: String { "0x" + String(rawValue, radix: 16) }

    @inlinable package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}
