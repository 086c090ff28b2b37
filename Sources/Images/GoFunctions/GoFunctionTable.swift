// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// The functions of a Go program, as its runtime keeps them for its own tracebacks.
///
/// The table is in every Go program, stripped or not. This is its form since Go 1.18 (Go,
/// src/internal/abi/symtab.go and src/runtime/symtab.go).
struct GoFunctionTable: Sendable {
    /// One function.
    struct Function: Equatable {
        let addresses: Range<UInt64>
        /// Where its name begins among the names.
        let name: UInt32
        /// Where the depths of its stack begin among the tables by program counter.
        let depths: UInt32
        let flags: Flags
    }

    /// What is special about a function (Go, src/internal/abi/symtab.go, `FuncFlag`).
    struct Flags: OptionSet {
        let rawValue: UInt8

        /// It is the outermost of its stack.
        static let outermost = Flags(rawValue: 1)
        /// It writes to the stack pointer, as one that goes on on another stack.
        static let writesStackPointer = Flags(rawValue: 2)
    }

    /// The most functions: ten times those of the largest programs known.
    static let countLimit: UInt64 = 1 << 22

    /// How many functions there are.
    let count: Int

    private let reader: ByteReader
    /// The address that all others count from.
    private let textStart: UInt64
    private let namesAt: UInt64
    private let namesEnd: UInt64
    private let countersAt: UInt64
    private let functionsAt: UInt64
    private let flagsOffset: UInt64

    /// Reads the header of a table.
    ///
    /// - Parameter textStart: What the addresses count from, where the header leaves it open.
    /// - Returns: nil for a form that is not known, and a table whose parts do not fit it.
    init?(_ bytes: [UInt8], textStart: UInt64? = nil) {
        reader = ByteReader(bytes)
        guard let magic = reader.uint32(at: 0), reader.uint8(at: 6) == Self.instructionBytes,
            reader.uint8(at: 7) == 8, let count = reader.uint64(at: 8),
            let start = reader.uint64(at: Self.textStartOffset),
            let namesAt = reader.uint64(at: 32), let namesEnd = reader.uint64(at: 40),
            let countersAt = reader.uint64(at: 56), let functionsAt = reader.uint64(at: 64),
            count <= Self.countLimit, namesAt <= namesEnd, namesEnd <= reader.count,
            functionsAt <= reader.count, count * 8 + 4 <= reader.count - functionsAt
        else { return nil }
        switch magic {
        case 0xffff_fff0: flagsOffset = 37
        // Go 1.20 put the line of the function's start before the flags.
        case 0xffff_fff1: flagsOffset = 41
        default: return nil
        }
        self.count = Int(count)
        self.textStart = textStart ?? start
        self.namesAt = namesAt
        self.namesEnd = namesEnd
        self.countersAt = countersAt
        self.functionsAt = functionsAt
    }

    #if arch(x86_64)
    static let instructionBytes: UInt8 = 1
    #else
    static let instructionBytes: UInt8 = 4
    #endif

    /// Where the header has the address that the others count from; 0 if the dynamic linker is to
    /// write it there.
    static let textStartOffset: UInt64 = 24

    /// The memory of the table, in bytes.
    var byteCount: Int { Int(reader.count) }

    /// The addresses from the first function to the end of the last; nil without functions.
    var addresses: Range<UInt64>? {
        let (first, last) = (start(at: 0), start(at: count))
        return first < last ? first..<last : nil
    }

    /// The bytes of all names, each with a zero byte behind it.
    var names: ArraySlice<UInt8> {
        reader.bytes(at: namesAt, count: namesEnd - namesAt) ?? []
    }

    /// The address at which a function begins; for the number behind the last, where that one ends.
    func start(at index: Int) -> UInt64 {
        textStart &+ UInt64(reader.uint32(at: functionsAt + UInt64(index) * 8) ?? 0)
    }

    /// A function by its place in the table; nil where its record cannot be read.
    func function(at index: Int) -> Function? {
        let (start, end) = (start(at: index), start(at: index + 1))
        let row = functionsAt + UInt64(index) * 8
        guard start < end, let record = reader.uint32(at: row + 4) else { return nil }
        let at = functionsAt + UInt64(record)
        guard let name = reader.uint32(at: at + 4), let depths = reader.uint32(at: at + 16),
            let flags = reader.uint8(at: at + flagsOffset)
        else { return nil }
        return Function(
            addresses: start..<end,
            name: name,
            depths: depths,
            flags: Flags(rawValue: flags)
        )
    }

    /// The number of functions that begin at an address or before it.
    func countOfStarts(upTo address: UInt64) -> Int {
        (0..<count).partitionPoint { start(at: $0) <= address }
    }

    /// Whether a function has a name.
    func isNamed(_ name: StaticString, _ function: Function) -> Bool {
        let length = UInt64(name.utf8CodeUnitCount)
        let found = reader.bytes(at: namesAt + UInt64(function.name), count: length + 1)
        return found?.last == 0
            && name.withUTF8Buffer { found?.dropLast().elementsEqual($0) == true }
    }

    /// How deep the stack is at each instruction of a function.
    func depths(of function: Function) -> GoStackDepths {
        GoStackDepths(
            ByteCursor(
                reader,
                from: countersAt &+ UInt64(function.depths),
                to: reader.count
            ),
            of: function.addresses
        )
    }
}
