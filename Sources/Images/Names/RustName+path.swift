// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension RustName {
    /// A path.
    ///
    /// - Parameter inValue: Whether it names a value, whose arguments stand behind `::`.
    mutating func path(inValue: Bool) throws(Failure) {
        try nested { reader throws(Failure) in
            switch reader.scanner.take() {
            case UInt8(ascii: "C"):
                _ = try reader.optionalNumber62("s")
                try reader.print(try reader.identifier())
            case UInt8(ascii: "N"): try reader.nestedPath(inValue: inValue)
            case UInt8(ascii: "M"):
                try reader.implPath()
                try reader.qualified(hasTrait: false)
            case UInt8(ascii: "X"):
                try reader.implPath()
                try reader.qualified(hasTrait: true)
            case UInt8(ascii: "Y"): try reader.qualified(hasTrait: true)
            case UInt8(ascii: "I"):
                try reader.path(inValue: inValue)
                try reader.print(inValue ? "::<" : "<")
                try reader.genericArguments()
                try reader.print(">")
            case UInt8(ascii: "B"):
                try reader.backReference { reader throws(Failure) in
                    try reader.path(inValue: inValue)
                }
            default: throw .malformed
            }
        }
    }

    /// `, `-separated arguments up to their end.
    mutating func genericArguments() throws(Failure) {
        try list(separator: ", ") { reader throws(Failure) in
            if reader.scanner.take("L") {
                try reader.lifetime()
            } else if reader.scanner.take("K") {
                try reader.constant()
            } else {
                try reader.type()
            }
        }
    }

    /// A name within a path: `::name`, or `::{closure#0}` for what has none in the source.
    private mutating func nestedPath(inValue: Bool) throws(Failure) {
        guard let space = scanner.take() else { throw .malformed }
        let isSpecial = (0x41...0x5a).contains(space)
        guard isSpecial || (0x61...0x7a).contains(space) else { throw .malformed }
        try path(inValue: inValue)
        let number = try optionalNumber62("s")
        let name = try identifier()
        guard isSpecial else {
            if !name.isEmpty { try print("::") }
            return try print(name)
        }
        switch space {
        case UInt8(ascii: "C"): try print("::{closure")
        case UInt8(ascii: "S"): try print("::{shim")
        default: try print("::{" + String(Unicode.Scalar(space)))
        }
        if !name.isEmpty {
            try print(":")
            try print(name)
        }
        try print("#\(number)}")
    }

    /// Where an impl block stands, which its type tells better.
    private mutating func implPath() throws(Failure) {
        let wasPrinting = isPrinting
        isPrinting = false
        _ = try optionalNumber62("s")
        try path(inValue: false)
        isPrinting = wasPrinting
    }

    /// `<Type>` or `<Type as Trait>`.
    private mutating func qualified(hasTrait: Bool) throws(Failure) {
        try print("<")
        try type()
        if hasTrait {
            try print(" as ")
            try path(inValue: false)
        }
        try print(">")
    }

    /// The text of an identifier.
    mutating func identifier() throws(Failure) -> [UInt8] {
        let isPunycode = scanner.take("u")
        guard let length = try length() else { throw .malformed }
        // Between the length and bytes that begin with a digit or an underscore.
        _ = scanner.take("_")
        guard let bytes = scanner.take(count: length) else { throw .malformed }
        try spend(length)
        guard isPunycode else { return Array(bytes) }
        let delimiter = bytes.lastIndex(of: UInt8(ascii: "_"))
        let encoded = delimiter.map { bytes[($0 + 1)...] } ?? bytes
        guard !encoded.isEmpty,
            let text = Punycode.decode(
                basic: delimiter.map { bytes[..<$0] } ?? [],
                encoded: encoded
            )
        else { throw .malformed }
        return Array(text.utf8)
    }

    /// A decimal number without leading zeros.
    private mutating func length() throws(Failure) -> Int? {
        if scanner.take("0") { return 0 }
        return scanner.takeNumber()
    }
}
