// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON (RFC 8259) from its beginning to its end, and builds no tree of it.
///
/// The caller says what it expects next. Nesting is bounded, as is all else by the bytes there are.
struct JSONReader {
    private let bytes: [UInt8]
    private let end: Int
    private(set) var offset: Int
    private var depth = 0

    private static let depthLimit = 64

    /// - Parameter range: where the text is; it must be within the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        end = min(bytes.count, range.upperBound)
        offset = min(range.lowerBound, end)
    }

    private var failure: ProfileReadFailure { .damagedJSON(offset) }

    /// The next byte that is no space; it stays the next one.
    private mutating func peek() throws(ProfileReadFailure) -> UInt8 {
        while offset < end {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            case let byte: return byte
            }
        }
        throw failure
    }

    /// Goes past a character if it is the next one.
    private mutating func take(_ character: Unicode.Scalar) throws(ProfileReadFailure) -> Bool {
        guard try nextIs(character) else { return false }
        offset += 1
        return true
    }

    /// Whether the next value begins with a character, as a string does with a quote.
    mutating func nextIs(_ character: Unicode.Scalar) throws(ProfileReadFailure) -> Bool {
        try peek() == UInt8(ascii: character)
    }

    /// Whether the next value is a number.
    mutating func nextIsNumber() throws(ProfileReadFailure) -> Bool {
        Self.isNumeric(try peek())
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(ProfileReadFailure) {
        guard try take(character) else { throw failure }
    }

    /// Fails unless only spaces are left.
    mutating func finish() throws(ProfileReadFailure) {
        while offset < end {
            guard [0x20, 0x09, 0x0a, 0x0d].contains(bytes[offset]) else { throw failure }
            offset += 1
        }
    }

    private mutating func enter(_ character: Unicode.Scalar) throws(ProfileReadFailure) {
        try expect(character)
        depth += 1
        guard depth <= Self.depthLimit else { throw failure }
    }

    /// Reads an object; the function is called for each member and must read its value.
    mutating func readObject(
        _ member: (String, inout JSONReader) throws(ProfileReadFailure) -> Void
    ) throws(ProfileReadFailure) {
        try enter("{")
        defer { depth -= 1 }
        if try take("}") { return }
        repeat {
            let key = try readString()
            try expect(":")
            try member(key, &self)
        } while try take(",")
        try expect("}")
    }

    /// Reads an array; the function is called for each element and must read it.
    mutating func readArray(
        _ element: (inout JSONReader) throws(ProfileReadFailure) -> Void
    ) throws(ProfileReadFailure) {
        try enter("[")
        defer { depth -= 1 }
        if try take("]") { return }
        repeat { try element(&self) } while try take(",")
        try expect("]")
    }

    /// Reads a value of any kind and forgets it.
    mutating func skip() throws(ProfileReadFailure) {
        switch try peek() {
        case UInt8(ascii: "{"):
            try readObject { (_, reader) throws(ProfileReadFailure) in try reader.skip() }
        case UInt8(ascii: "["):
            try readArray { (reader) throws(ProfileReadFailure) in try reader.skip() }
        case UInt8(ascii: "\""): _ = try readString()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: _ = try readNumber()
        }
    }

    private mutating func word(_ word: StaticString) throws(ProfileReadFailure) {
        let text = Array(word.description.utf8)
        guard bytes[offset..<end].starts(with: text) else { throw failure }
        offset += text.count
    }

    /// Reads a number.
    mutating func readNumber() throws(ProfileReadFailure) -> JSONNumber {
        _ = try peek()
        let begin = offset
        while offset < end, Self.isNumeric(bytes[offset]) { offset += 1 }
        // No number that anybody writes is as long.
        guard offset - begin <= 64 else { throw failure }
        let text = String(decoding: bytes[begin..<offset], as: UTF8.self)
        if let integer = UInt64(text) { return JSONNumber(integer: integer) }
        guard let value = Double(text), value.isFinite else { throw failure }
        return JSONNumber(value: value)
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): true
        case UInt8(ascii: "e"), UInt8(ascii: "E"): true
        default: false
        }
    }

    /// Reads a string; a half of a surrogate pair becomes U+FFFD.
    mutating func readString() throws(ProfileReadFailure) -> String {
        try expect("\"")
        let begin = offset
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: bytes[begin..<(offset - 1)], as: UTF8.self)
            case UInt8(ascii: "\\"): return try readEscaped(from: begin)
            case ..<0x20: throw failure
            default: offset += 1
            }
        }
        throw failure
    }

    /// The rest of a string that has an escape at the offset.
    private mutating func readEscaped(from begin: Int) throws(ProfileReadFailure) -> String {
        var text = Array(bytes[begin..<offset])
        while offset < end {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case ..<0x20: throw failure
            default: text.append(byte)
            }
        }
        throw failure
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(ProfileReadFailure) {
        guard offset < end else { throw failure }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try readScalar()).utf8)
        default: throw failure
        }
    }

    private mutating func readScalar() throws(ProfileReadFailure) -> Character {
        let unit = try readCodeUnit()
        if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
        let isHigh = (0xd800..<0xdc00).contains(unit)
        guard isHigh, bytes[offset..<end].starts(with: "\\u".utf8) else { return "\u{fffd}" }
        let rest = offset
        offset += 2
        let low = try readCodeUnit()
        guard (0xdc00..<0xe000).contains(low) else {
            offset = rest
            return "\u{fffd}"
        }
        let scalar = 0x1_0000 + (UInt32(unit) - 0xd800) << 10 + (UInt32(low) - 0xdc00)
        return Unicode.Scalar(scalar).map(Character.init) ?? "\u{fffd}"
    }

    private mutating func readCodeUnit() throws(ProfileReadFailure) -> UInt16 {
        guard end - offset >= 4 else { throw failure }
        let text = String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self)
        // A sign would be read as one.
        guard text.allSatisfy(\.isHexDigit), let unit = UInt16(text, radix: 16) else {
            throw failure
        }
        offset += 4
        return unit
    }
}

/// A number of JSON, exactly where it is a whole one.
struct JSONNumber: Hashable {
    /// Nil for what is negative, too large, or has a fraction.
    let integer: UInt64?
    let value: Double

    init(integer: UInt64) {
        self.integer = integer
        value = Double(integer)
    }

    init(value: Double) {
        integer = nil
        self.value = value
    }

    /// A multiple as a whole number: nil where it is negative; the largest one where it is more.
    func multiplied(by factor: UInt64) -> UInt64? {
        if let integer { return integer.multipliedSaturating(by: factor) }
        guard value >= 0 else { return nil }
        return UInt64(exactly: (value * Double(factor)).rounded()) ?? .max
    }
}
