// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the messages between a recording and the helper that reads debug information: numbers of
/// 8 bytes, the lowest first, and texts behind their length.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func append(_ text: String) {
        append(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what `MessageWriter` has written, or whatever else a helper that went wrong has.
struct MessageReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// Nil where the bytes end.
    mutating func number() -> UInt64? {
        guard rest.count >= 8 else { return nil }
        defer { rest = rest.dropFirst(8) }
        return rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Nil where the bytes end, or where the number is above the bound.
    mutating func count(upTo bound: Int) -> Int? {
        guard let number = number(), number <= UInt64(bound) else { return nil }
        return Int(number)
    }

    /// Nil where the bytes end before the text does.
    mutating func bytes() -> ArraySlice<UInt8>? {
        guard let count = count(upTo: rest.count), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func text() -> String? {
        bytes().map { String(decoding: $0, as: UTF8.self) }
    }
}
