// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A position in the bytes of a `/proc` file, and the few steps its formats need.
///
/// It holds no bytes, so each step is given them: a parser stays memory-safe and allocates nothing.
/// A step that finds something else than it wants answers nil or false and leaves the position
/// alone.
struct ByteScanner {
    /// Index of the next byte to look at, at most the count of the bytes.
    var position: Int

    init(at position: Int = 0) { self.position = position }

    /// Whether no byte is left.
    func isAtEnd(of bytes: Span<UInt8>) -> Bool { position >= bytes.count }

    /// Passes one given byte.
    mutating func take(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Passes any run of spaces and tabs.
    mutating func skipBlanks(in bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position] == .space || bytes[position] == .tab {
            position += 1
        }
    }

    /// Passes the next `count` fields and the blanks before and behind each; false if fewer are
    /// left.
    mutating func skipFields(_ count: Int, in bytes: Span<UInt8>) -> Bool {
        for _ in 0..<count {
            guard field(in: bytes) != nil else { return false }
        }
        skipBlanks(in: bytes)
        return true
    }

    /// The next run of bytes that are neither blank nor line end; nil if there is none.
    mutating func field(in bytes: Span<UInt8>) -> Range<Int>? {
        var next = self
        next.skipBlanks(in: bytes)
        let start = next.position
        while next.position < bytes.count, !bytes[next.position].endsField {
            next.position += 1
        }
        guard next.position > start else { return nil }
        self = next
        return start..<next.position
    }

    /// The bytes up to the next `separator` or the end, which is passed too; nil when none are
    /// left.
    mutating func take(until separator: UInt8, in bytes: Span<UInt8>) -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        while position < bytes.count, bytes[position] != separator {
            position += 1
        }
        let end = position
        if position < bytes.count { position += 1 }
        return start..<end
    }

    /// An unsigned decimal number; nil without a digit or past 64 bits.
    mutating func decimal(in bytes: Span<UInt8>) -> UInt64? {
        number(radix: 10, in: bytes)
    }

    /// An unsigned hexadecimal number without prefix; nil without a digit or past 64 bits.
    mutating func hexadecimal(in bytes: Span<UInt8>) -> UInt64? {
        number(radix: 16, in: bytes)
    }

    /// A decimal number with an optional minus sign; nil without a digit or past 64 bits.
    mutating func signedDecimal(in bytes: Span<UInt8>) -> Int64? {
        var next = self
        let isNegative = next.take(UInt8(ascii: "-"), in: bytes)
        guard let magnitude = next.decimal(in: bytes), let value = Int64(exactly: magnitude) else {
            return nil
        }
        self = next
        return isNegative ? 0 &- value : value
    }

    /// Blanks, then a `0x` number.
    mutating func prefixedHexadecimal(in bytes: Span<UInt8>) -> UInt64? {
        var next = self
        next.skipBlanks(in: bytes)
        guard next.take(UInt8(ascii: "0"), in: bytes), next.take(UInt8(ascii: "x"), in: bytes),
            let value = next.hexadecimal(in: bytes)
        else { return nil }
        self = next
        return value
    }

    private mutating func number(radix: UInt64, in bytes: Span<UInt8>) -> UInt64? {
        var index = position
        var value: UInt64 = 0
        while index < bytes.count, let digit = bytes[index].digitValue, digit < radix {
            let (shifted, overflowed) = value.multipliedReportingOverflow(by: radix)
            let (sum, carried) = shifted.addingReportingOverflow(digit)
            if overflowed || carried { return nil }
            value = sum
            index += 1
        }
        guard index > position else { return nil }
        position = index
        return value
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")

    var endsField: Bool { self == .space || self == .tab || self == .newline || self == 0 }

    /// The value of a decimal or hexadecimal digit.
    var digitValue: UInt64? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(self &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(self &- UInt8(ascii: "a") &+ 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(self &- UInt8(ascii: "A") &+ 10)
        default: nil
        }
    }
}

extension Span<UInt8> {
    /// Whether the bytes from `start` on begin with `text`.
    func hasPrefix(_ text: StaticString, at start: Int = 0) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start >= 0, start <= count, count - start >= length else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<length where wanted[index] != self[start + index] { return false }
            return true
        }
    }

    /// Whether these bytes are exactly `text`.
    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && hasPrefix(text)
    }

    /// The text of some of the bytes; what is not UTF-8 becomes U+FFFD.
    ///
    /// Up to 15 bytes of UTF-8 make a small string, which allocates nothing.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// A copy of some of the bytes.
    func copy(_ range: Range<Int>) -> [UInt8] {
        extracting(range).withUnsafeBufferPointer { Array($0) }
    }
}
