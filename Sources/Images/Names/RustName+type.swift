// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension RustName {
    /// The most lifetimes that one binder may introduce.
    private static let binderLimit: UInt64 = 64

    /// A type.
    mutating func type() throws(Failure) {
        guard let tag = scanner.peek() else { throw .malformed }
        if let name = Self.basicTypes[tag] {
            scanner.skip(1)
            try spend(1)
            return try print(name)
        }
        try nested { reader throws(Failure) in try reader.compoundType(tag) }
    }

    private mutating func compoundType(_ tag: UInt8) throws(Failure) {
        let place = scanner.position
        scanner.skip(1)
        switch tag {
        case UInt8(ascii: "R"), UInt8(ascii: "Q"): try reference(isMutable: tag == 0x51)
        case UInt8(ascii: "P"):
            try print("*const ")
            try type()
        case UInt8(ascii: "O"):
            try print("*mut ")
            try type()
        case UInt8(ascii: "S"):
            try print("[")
            try type()
            try print("]")
        case UInt8(ascii: "A"):
            try print("[")
            try type()
            try print("; ")
            try constant()
            try print("]")
        case UInt8(ascii: "T"):
            try print("(")
            let count = try list(separator: ", ") { reader throws(Failure) in try reader.type() }
            try print(count == 1 ? ",)" : ")")
        case UInt8(ascii: "F"): try withBinder { reader throws(Failure) in try reader.function() }
        case UInt8(ascii: "D"): try traitObject()
        case UInt8(ascii: "B"):
            try backReference { reader throws(Failure) in try reader.type() }
        default:
            // The names of types are paths.
            scanner.resume(at: place)
            try path(inValue: false)
        }
    }

    private mutating func reference(isMutable: Bool) throws(Failure) {
        try print("&")
        if scanner.take("L") {
            let number = try number62()
            if number != 0 {
                try lifetime(number)
                try print(" ")
            }
        }
        if isMutable { try print("mut ") }
        try type()
    }

    /// A pointer to a function: its qualifiers, parameters and result.
    private mutating func function() throws(Failure) {
        if scanner.take("U") { try print("unsafe ") }
        if scanner.take("K") {
            let abi = scanner.take("C") ? Array("C".utf8) : try identifier()
            try print("extern \"")
            try print(abi.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 })
            try print("\" ")
        }
        try print("fn(")
        try list(separator: ", ") { reader throws(Failure) in try reader.type() }
        try print(")")
        // The unit type is what a function without a result returns.
        if scanner.take("u") { return }
        try print(" -> ")
        try type()
    }

    private mutating func traitObject() throws(Failure) {
        try print("dyn ")
        try withBinder { reader throws(Failure) in
            try reader.list(separator: " + ") { reader throws(Failure) in try reader.bound() }
        }
        guard scanner.take("L") else { throw .malformed }
        let number = try number62()
        if number != 0 {
            try print(" + ")
            try lifetime(number)
        }
    }

    /// One trait of an object, with its associated types among its arguments.
    private mutating func bound() throws(Failure) {
        var isOpen = try openPath()
        while scanner.take("p") {
            try print(isOpen ? ", " : "<")
            isOpen = true
            try print(try identifier())
            try print(" = ")
            try type()
        }
        if isOpen { try print(">") }
    }

    /// A path whose arguments may be continued; returns whether there are any.
    private mutating func openPath() throws(Failure) -> Bool {
        var isOpen = false
        if scanner.take("B") {
            try backReference { reader throws(Failure) in isOpen = try reader.openPath() }
        } else if scanner.take("I") {
            try path(inValue: false)
            try print("<")
            try genericArguments()
            isOpen = true
        } else {
            try path(inValue: false)
        }
        return isOpen
    }

    /// Reads what the lifetimes of a binder are known in.
    private mutating func withBinder(
        _ read: (inout RustName) throws(Failure) -> Void
    ) throws(Failure) {
        let count = try optionalNumber62("G")
        guard count <= Self.binderLimit else { throw .beyondLimit }
        let before = boundLifetimes
        if count > 0 {
            try print("for<")
            for index in 0..<count {
                if index > 0 { try print(", ") }
                boundLifetimes += 1
                try lifetime(1)
            }
            try print("> ")
        }
        try read(&self)
        boundLifetimes = before
    }

    /// A lifetime, whose tag was read.
    mutating func lifetime() throws(Failure) { try lifetime(try number62()) }

    /// A lifetime by its number: 0 is none in particular, 1 the one introduced last.
    private mutating func lifetime(_ number: UInt64) throws(Failure) {
        guard number > 0 else { return try print("'_") }
        // What is not printed is not looked up either: its binder may not have been read.
        guard isPrinting else { return }
        guard number <= boundLifetimes else { throw .malformed }
        let index = boundLifetimes - number
        guard index < 26 else { return try print("'_\(index)") }
        try print([UInt8(ascii: "'"), UInt8(ascii: "a") + UInt8(index)])
    }

    private static let basicTypes: [UInt8: String] = [
        UInt8(ascii: "a"): "i8", UInt8(ascii: "b"): "bool", UInt8(ascii: "c"): "char",
        UInt8(ascii: "d"): "f64", UInt8(ascii: "e"): "str", UInt8(ascii: "f"): "f32",
        UInt8(ascii: "h"): "u8", UInt8(ascii: "i"): "isize", UInt8(ascii: "j"): "usize",
        UInt8(ascii: "l"): "i32", UInt8(ascii: "m"): "u32", UInt8(ascii: "n"): "i128",
        UInt8(ascii: "o"): "u128", UInt8(ascii: "p"): "_", UInt8(ascii: "s"): "i16",
        UInt8(ascii: "t"): "u16", UInt8(ascii: "u"): "()", UInt8(ascii: "v"): "...",
        UInt8(ascii: "x"): "i64", UInt8(ascii: "y"): "u64", UInt8(ascii: "z"): "!",
    ]
}
