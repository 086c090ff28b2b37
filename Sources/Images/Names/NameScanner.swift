// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Goes through the bytes of a mangled name; the end of it is nil and never a trap.
struct NameScanner {
    private let name: ArraySlice<UInt8>
    /// How many bytes have been passed.
    private(set) var position = 0

    init(_ name: ArraySlice<UInt8>) { self.name = name }

    /// What has not been passed.
    var rest: ArraySlice<UInt8> { name[(name.startIndex + position)...] }

    var isAtEnd: Bool { position == name.count }

    /// The next byte, which stays.
    func peek() -> UInt8? {
        isAtEnd ? nil : name[name.startIndex + position]
    }

    /// Passes the next byte.
    mutating func take() -> UInt8? {
        guard let byte = peek() else { return nil }
        position += 1
        return byte
    }

    /// Passes the next byte if it is this one.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard let next = peek(), next == UInt8(truncatingIfNeeded: byte.value) else { return false }
        position += 1
        return true
    }

    /// Passes bytes, all of them or none.
    mutating func take(count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= name.count - position else { return nil }
        defer { position += count }
        let start = name.startIndex + position
        return name[start..<(start + count)]
    }

    /// Passes as many bytes as there are, up to a number of them.
    mutating func skip(_ count: Int) { position += min(max(0, count), name.count - position) }

    /// Passes decimal digits; nil where none is next.
    ///
    /// A number that no name can mean is `Int.max`.
    mutating func takeNumber() -> Int? {
        var number: Int?
        while let byte = peek(), (0x30...0x39).contains(byte) {
            let (tens, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(byte) - 0x30)
            number = overflow || carry ? Int.max : sum
            position += 1
        }
        return number
    }

    /// Goes back to a place that was passed; false where it was not.
    mutating func rewind(to place: Int) -> Bool {
        guard (0..<position).contains(place) else { return false }
        position = place
        return true
    }

    /// Goes to a place that `position` has told.
    mutating func resume(at place: Int) { position = min(max(0, place), name.count) }
}
