// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Little-endian reads from bytes that nobody vouches for.
///
/// Every offset is a `UInt64`, as files state them, and every read outside the bytes is nil.
/// No offset, however large, can overflow or trap.
package struct ByteReader: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes there are.
    package var count: UInt64 { UInt64(bytes.count) }

    /// The byte at an offset.
    package func uint8(at offset: UInt64) -> UInt8? { load(at: offset) }

    /// The two bytes at an offset, which need not be aligned.
    package func uint16(at offset: UInt64) -> UInt16? { load(at: offset) }

    /// The four bytes at an offset, which need not be aligned.
    package func uint32(at offset: UInt64) -> UInt32? { load(at: offset) }

    /// The eight bytes at an offset, which need not be aligned.
    package func uint64(at offset: UInt64) -> UInt64? { load(at: offset) }

    /// Exactly `count` bytes from an offset.
    package func bytes(at offset: UInt64, count: UInt64) -> ArraySlice<UInt8>? {
        guard holds(count, at: offset) else { return nil }
        return bytes[Int(offset)..<Int(offset + count)]
    }

    /// How many bytes lie between an offset and the next zero byte.
    ///
    /// - Parameter limit: The longest length that is looked for.
    /// - Returns: The length, or why there is none.
    package func stringLength(at offset: UInt64, limit: Int) -> StringLength {
        guard offset < count else { return .outside }
        let start = Int(offset)
        let end = min(bytes.count - start, limit &+ 1) + start
        var index = start
        while index < end {
            if bytes[index] == 0 { return .length(index - start) }
            index += 1
        }
        return end == bytes.count && end - start <= limit ? .unterminated : .tooLong
    }

    /// What was found where a string should be.
    package enum StringLength: Equatable, Sendable {
        case length(Int)
        case outside
        case unterminated
        case tooLong
    }

    private func holds(_ length: UInt64, at offset: UInt64) -> Bool {
        offset <= count && length <= count - offset
    }

    private func load<Value: FixedWidthInteger & BitwiseCopyable>(at offset: UInt64) -> Value? {
        guard holds(UInt64(MemoryLayout<Value>.size), at: offset) else { return nil }
        // The one unsafe read of the parsers; `holds` has just checked its bounds.
        let value = unsafe bytes.span.bytes.unsafeLoadUnaligned(
            fromByteOffset: Int(offset),
            as: Value.self
        )
        return Value(littleEndian: value)
    }
}
