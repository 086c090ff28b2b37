// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension RustName {
    /// A constant among generic arguments, of a type that the stable language allows there.
    mutating func constant() throws(Failure) {
        guard let tag = scanner.take() else { throw .malformed }
        switch tag {
        case UInt8(ascii: "p"): try print("_")
        case UInt8(ascii: "h"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "y"),
            UInt8(ascii: "o"), UInt8(ascii: "j"):
            try unsigned()
        case UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "l"), UInt8(ascii: "x"),
            UInt8(ascii: "n"), UInt8(ascii: "i"):
            if scanner.take("n") { try print("-") }
            try unsigned()
        case UInt8(ascii: "b"):
            switch try value() {
            case 0: try print("false")
            case 1: try print("true")
            default: throw .malformed
            }
        case UInt8(ascii: "c"):
            guard let number = try value(), let code = UInt32(exactly: number),
                let scalar = Unicode.Scalar(code)
            else { throw .malformed }
            try print("'" + scalar.escaped(asASCII: false) + "'")
        case UInt8(ascii: "B"):
            try backReference { reader throws(Failure) in try reader.constant() }
        default: throw .malformed
        }
    }

    /// Decimal, or hexadecimal where it takes more than 64 bits.
    private mutating func unsigned() throws(Failure) {
        let digits = try digits()
        if let number = Self.number(digits) { return try print("\(number)") }
        try print("0x")
        try print(digits)
    }

    private mutating func value() throws(Failure) -> UInt64? { Self.number(try digits()) }

    /// Hexadecimal digits without leading zeros, up to their underscore.
    private mutating func digits() throws(Failure) -> ArraySlice<UInt8> {
        let digits = scanner.rest.prefix {
            (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
        scanner.skip(digits.count)
        guard scanner.take("_") else { throw .malformed }
        try spend(digits.count)
        return digits.drop { $0 == 0x30 }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard digits.count <= 16 else { return nil }
        return digits.reduce(0) { number, byte in
            number << 4 | UInt64(byte < 0x40 ? byte - 0x30 : byte - 0x61 + 10)
        }
    }
}
