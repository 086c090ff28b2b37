// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A copy of a part of a thread's stack; reads outside of it are nil.
///
/// It borrows its bytes, so it must not outlive the call that made it.
@usableFromInline package struct StackBytes {
    /// The address of the first byte, as a number: what other modules inline is made of numbers.
    @usableFromInline let start: UInt64
    @usableFromInline let bytes: UnsafeRawBufferPointer

    package init(base: Address, bytes: UnsafeRawBufferPointer) {
        start = base.rawValue
        self.bytes = bytes
    }

    /// The address of the first byte.
    package var base: Address { Address(start) }

    /// The addresses that were copied.
    package var range: Range<UInt64> {
        let (end, overflow) = start.addingReportingOverflow(UInt64(bytes.count))
        return start..<(overflow ? UInt64.max : end)
    }

    /// The eight bytes at an address, which need not be aligned.
    @inlinable @inline(__always) package func word(at address: UInt64) -> UInt64? {
        let offset = address &- start
        guard address >= start, bytes.count >= 8, offset <= UInt64(bytes.count - 8) else {
            return nil
        }
        // The bounds were checked in the line above.
        return unsafe bytes.loadUnaligned(fromByteOffset: Int(offset), as: UInt64.self)
    }
}
