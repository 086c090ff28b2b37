// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How long the text of a Swift name can become, told without reading it.
///
/// A name refers to types that it has named before by a letter each (docs/ABI/Mangling.rst,
/// "Substitutions"), and such a type may refer to earlier ones in turn: with two references to the
/// type before in each, the text doubles every six bytes. The runtime writes all of it into memory.
///
/// A type refers only to types before it. So its text is at most that of all bytes, times one more
/// than the number of references to a type for each type before it, and so is the text of the name.
enum SwiftNameGrowth {
    /// The most bytes of text that the bound may allow.
    static let textBytesLimit = 1 << 20

    /// Whether the text of a name is bounded by the limit.
    static func isBounded(_ name: ArraySlice<UInt8>) -> Bool {
        var growth = name.count
        for count in references(in: name).values {
            let (product, overflow) = growth.multipliedReportingOverflow(by: count &+ 1)
            guard !overflow, product <= textBytesLimit else { return false }
            growth = product
        }
        return growth <= textBytesLimit
    }

    /// How often each type is referred to, at the most.
    ///
    /// What may be a reference counts as one. The text of identifiers is passed over where it can
    /// be nothing else: a number that stands for something else would hide what follows it.
    private static func references(in name: ArraySlice<UInt8>) -> [Int: Int] {
        var scanner = NameScanner(name)
        var counts: [Int: Int] = [:]
        let hasSpecialization = name.indices.dropLast().contains {
            name[$0] == UInt8(ascii: "T") && name[$0 + 1] == UInt8(ascii: "f")
        }
        var mayPassDiscriminator = true
        var previous: UInt8 = 0
        while let byte = scanner.peek() {
            if byte == UInt8(ascii: "A") {
                scanner.skip(1)
                countRun(&scanner, &counts)
                previous = byte
            } else if let length = scanner.takeNumber() {
                if mayPassDiscriminator, length == 33, isDiscriminator(scanner.rest) {
                    // One at most: what could be hidden in it multiplies the text by 17 at most.
                    mayPassDiscriminator = false
                    scanner.skip(33)
                } else if byte != UInt8(ascii: "0"), previous != UInt8(ascii: "S"),
                    scanner.peek() != UInt8(ascii: "_"), !hasSpecialization
                {
                    scanner.skip(length)
                }
                previous = 0
            } else {
                scanner.skip(1)
                previous = byte
            }
        }
        return counts
    }

    /// Counts what follows an `A`: letters with an optional number of repetitions, the last one of
    /// upper case, or the number of a later type.
    private static func countRun(_ scanner: inout NameScanner, _ counts: inout [Int: Int]) {
        while true {
            let number = scanner.takeNumber()
            guard let byte = scanner.peek() else { return }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                scanner.skip(1)
                count(Int(byte - UInt8(ascii: "a")), number ?? 1, &counts)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                scanner.skip(1)
                return count(Int(byte - UInt8(ascii: "A")), number ?? 1, &counts)
            case UInt8(ascii: "_"):
                scanner.skip(1)
                return count(26 &+ (number ?? -1) &+ 1, 1, &counts)
            default: return
            }
        }
    }

    private static func count(_ index: Int, _ times: Int, _ counts: inout [Int: Int]) {
        counts[index] = (counts[index] ?? 0) &+ max(1, times)
    }

    /// Whether a private declaration's file is next: `_`, 32 upper-case digits, and `LL` or `Ll`.
    private static func isDiscriminator(_ rest: ArraySlice<UInt8>) -> Bool {
        let text = Array(rest.prefix(35))
        return text.count == 35 && text[0] == UInt8(ascii: "_")
            && text[1..<33].allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x46).contains($0)
            } && text[33] == UInt8(ascii: "L") && (text[34] | 0x20) == UInt8(ascii: "l")
    }
}
