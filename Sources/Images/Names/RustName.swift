// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Names of version 0 of Rust's scheme (RFC 2603, "Syntax of mangled names").
///
/// The text is what Rust's own tools print in their short form: without the hashes of crates and
/// the types of constants.
struct RustName {
    /// How deep paths and types may lie within each other.
    static let depthLimit = 192
    /// How much work one name may be: a step for each part and each byte of an identifier.
    static let stepLimit = 1 << 16

    /// Why a name is not shown in Rust's own words.
    enum Failure: Error {
        case malformed
        case beyondLimit
    }

    var scanner: NameScanner
    /// Whether what is read becomes text; the path of an impl block does not.
    var isPrinting = true
    /// How many lifetimes the binders around the current place have introduced.
    var boundLifetimes: UInt64 = 0
    private var text: [UInt8] = []
    private var depth = 0
    private var steps = 0

    private init(_ body: ArraySlice<UInt8>) { scanner = NameScanner(body) }

    /// The text of a name (`_R`), or nil where it is malformed or beyond a limit.
    static func read(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        guard name.starts(with: "_R".utf8) else { return nil }
        var reader = RustName(name.dropFirst(2))
        do throws(Failure) {
            // A number here would be a later version's.
            guard let first = reader.scanner.peek(), (0x41...0x5a).contains(first)
            else { return nil }
            try reader.path(inValue: true)
            // The crate that made the code, where it is not the one that wrote it.
            if !reader.scanner.isAtEnd {
                reader.isPrinting = false
                try reader.path(inValue: false)
            }
            return reader.scanner.isAtEnd && !reader.text.isEmpty ? reader.text : nil
        } catch {
            return nil
        }
    }

    mutating func print(_ part: some Collection<UInt8>) throws(Failure) {
        guard isPrinting else { return }
        guard part.count <= Demangler.outputBytesLimit - text.count else { throw .beyondLimit }
        text += part
    }

    mutating func print(_ part: String) throws(Failure) { try print(part.utf8) }

    /// Counts work that was done.
    mutating func spend(_ count: Int) throws(Failure) {
        steps += count
        guard steps <= Self.stepLimit else { throw .beyondLimit }
    }

    /// Reads a part that may hold others of its kind.
    mutating func nested(
        _ read: (inout RustName) throws(Failure) -> Void
    ) throws(Failure) {
        guard depth < Self.depthLimit else { throw .beyondLimit }
        try spend(1)
        depth += 1
        try read(&self)
        depth -= 1
    }

    /// Reads what an earlier place holds once more.
    mutating func backReference(
        _ read: (inout RustName) throws(Failure) -> Void
    ) throws(Failure) {
        let start = scanner.position - 1
        guard let place = Int(exactly: try number62()), place < start else { throw .malformed }
        // What is not printed need not be read twice.
        guard isPrinting else { return }
        let end = scanner.position
        guard scanner.rewind(to: place) else { throw .malformed }
        try nested(read)
        scanner.resume(at: end)
    }

    /// Parts up to the `E` that ends a list, with a separator between; returns how many.
    @discardableResult
    mutating func list(
        separator: String,
        _ read: (inout RustName) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var count = 0
        while !scanner.take("E") {
            if count > 0 { try print(separator) }
            try read(&self)
            count += 1
        }
        return count
    }

    /// A number of base 62, which an underscore ends: none is 0, and others count from 1.
    mutating func number62() throws(Failure) -> UInt64 {
        if scanner.take("_") { return 0 }
        var number: UInt64 = 0
        while let byte = scanner.take() {
            let digit: UInt64
            switch byte {
            case UInt8(ascii: "_"): return number + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte) - 0x30
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = UInt64(byte) - 0x61 + 10
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = UInt64(byte) - 0x41 + 36
            default: throw .malformed
            }
            let (product, overflow) = number.multipliedReportingOverflow(by: 62)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !overflow, !carry, sum < UInt64.max else { throw .malformed }
            number = sum
        }
        throw .malformed
    }

    /// A number behind a tag: 0 without the tag, and counted from 1 with it.
    mutating func optionalNumber62(_ tag: Unicode.Scalar) throws(Failure) -> UInt64 {
        guard scanner.take(tag) else { return 0 }
        let (number, overflow) = try number62().addingReportingOverflow(1)
        guard !overflow else { throw .malformed }
        return number
    }
}
