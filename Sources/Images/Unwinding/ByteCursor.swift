// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads one value after the other from bytes that nobody vouches for, up to an end.
///
/// A read that does not fit gives 0 and leaves `isSound` false for good, so that a parser checks
/// once for each record or instruction and not once for each field.
struct ByteCursor {
    private let reader: ByteReader
    /// Where the next read begins, in bytes from the start of the reader.
    private(set) var offset: UInt64
    private let end: UInt64
    /// Whether every read so far was inside the bounds and had a form that exists.
    private(set) var isSound: Bool

    /// A cursor over a part of the bytes; one that reaches outside of them is not sound.
    init(_ reader: ByteReader, from offset: UInt64, to end: UInt64) {
        self.reader = reader
        self.offset = offset
        self.end = end
        isSound = offset <= end && end <= reader.count
    }

    /// A cursor over a range of offsets.
    init(_ reader: ByteReader, within range: Range<UInt64>) {
        self.init(reader, from: range.lowerBound, to: range.upperBound)
    }

    /// Whether nothing is left to read.
    var isAtEnd: Bool { offset >= end }

    mutating func uint8() -> UInt8 { take(1) { $0.uint8(at: $1) } }

    mutating func uint16() -> UInt16 { take(2) { $0.uint16(at: $1) } }

    mutating func uint32() -> UInt32 { take(4) { $0.uint32(at: $1) } }

    mutating func uint64() -> UInt64 { take(8) { $0.uint64(at: $1) } }

    /// An unsigned LEB128 (DWARF 5, section 7.6); one that does not fit 64 bits is not sound.
    mutating func uleb() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = uint8()
            let bits = UInt64(byte & 0x7f)
            // Zeros beyond the 64th bit are padding, and assemblers do write such.
            if shift < 64 { value |= bits << shift }
            if shift > 56, bits != 0, shift >= 64 || bits >> (64 - shift) != 0 { return fail() }
            if byte & 0x80 == 0 { return value }
            shift += 7
            if shift > Self.shiftLimit { return fail() }
        }
    }

    /// A signed LEB128 (DWARF 5, section 7.6); bits beyond the 64th are dropped.
    mutating func sleb() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = uint8()
            if shift < 64 { value |= UInt64(byte & 0x7f) << shift }
            shift += 7
            if byte & 0x80 == 0 {
                if shift < 64, byte & 0x40 != 0 { value |= UInt64.max << shift }
                return Int64(bitPattern: value)
            }
            if shift > Self.shiftLimit { return Int64(bitPattern: fail()) }
        }
    }

    /// Skips a number of bytes.
    mutating func skip(_ count: UInt64) {
        guard isSound, count <= end - offset else {
            isSound = false
            return
        }
        offset += count
    }

    /// Skips to an offset that is not behind.
    mutating func skip(to target: UInt64) {
        guard isSound, target >= offset, target <= end else {
            isSound = false
            return
        }
        offset = target
    }

    /// A LEB128 of more bytes than this many bits need says nothing that fits.
    private static let shiftLimit: UInt64 = 7 * 16

    private mutating func fail() -> UInt64 {
        isSound = false
        return 0
    }

    private mutating func take<Value: FixedWidthInteger>(
        _ count: UInt64,
        _ read: (ByteReader, UInt64) -> Value?
    ) -> Value {
        guard isSound, count <= end - offset, let value = read(reader, offset) else {
            isSound = false
            return 0
        }
        offset += count
        return value
    }
}
