// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One entry of a symbol table (System V ABI, chapter 4, "Symbol Table"; `Elf64_Sym`).
struct SymbolEntry {
    /// The length of one entry in bytes.
    static let byteCount = 24

    /// Where the name begins in the string table.
    let name: UInt32
    let kind: Kind
    let binding: Binding
    let address: UInt64
    /// In bytes; 0 where the assembler was not told.
    let size: UInt64

    /// What an entry names, as far as code is concerned.
    enum Kind {
        /// `STT_FUNC` or `STT_GNU_IFUNC`.
        case function
        /// `STT_NOTYPE`: a label of assembly, which may be a function.
        case label
    }

    /// Who can refer to the name, the most telling first.
    enum Binding: UInt64 {
        /// `STB_GLOBAL` or `STB_GNU_UNIQUE`.
        case global = 0
        /// `STB_WEAK`.
        case weak = 1
        /// `STB_LOCAL`, and what is not known.
        case local = 2
    }

    /// Appends the bytes of an entry for a local function.
    ///
    /// It is in section 1: symbols are checked by address alone.
    ///
    /// - Parameter name: Where the name begins among the names of the table.
    static func append(
        localFunction name: UInt32,
        at address: UInt64,
        byteCount: UInt64,
        to bytes: inout [UInt8]
    ) {
        for value in [UInt64(name) | 2 << 32 | 1 << 48, address, byteCount] {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
    }

    /// Reads the entry at an offset; nil where it names neither code nor a label of this file.
    ///
    /// Labels without a size count only if they are global or weak: the local ones are the targets
    /// of branches, and on AArch64 the mapping symbols.
    init?(_ table: ByteReader, at offset: UInt64) {
        guard let name = table.uint32(at: offset), let info = table.uint8(at: offset &+ 4),
            let section = table.uint16(at: offset &+ 6),
            let address = table.uint64(at: offset &+ 8), let size = table.uint64(at: offset &+ 16)
        else { return nil }
        // SHN_UNDEF is defined elsewhere; SHN_ABS and SHN_COMMON are no place in the file.
        guard section != 0, section != 0xfff1, section != 0xfff2 else { return nil }
        switch info >> 4 {
        case 1, 10: binding = .global
        case 2: binding = .weak
        default: binding = .local
        }
        switch info & 0xf {
        case 2, 10: kind = .function
        case 0 where size > 0 || binding != .local: kind = .label
        default: return nil
        }
        self.name = name
        self.address = address
        self.size = size
    }
}
