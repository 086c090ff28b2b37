// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The processor a file is built for.
package enum Machine: Hashable, Sendable {
    /// `EM_X86_64`.
    case x86_64
    /// `EM_AARCH64`.
    case arm64
}

/// The first 64 bytes of an ELF file (System V ABI, chapter 4, "ELF Header"; elf(5)).
///
/// Only what the agent can work with is accepted: 64-bit, little-endian, x86-64 or AArch64,
/// a program (`ET_EXEC`) or a shared object (`ET_DYN`, which position-independent programs are).
package struct ELFHeader: Equatable, Sendable {
    /// The length of the header in bytes (`Elf64_Ehdr`).
    package static let byteCount = 64

    package let machine: Machine
    /// Where the program headers begin, in bytes from the start of the file.
    package let programHeaderOffset: UInt64
    /// How many there are.
    package private(set) var programHeaderCount: UInt64
    /// Where the section headers begin, or 0 where the file has none.
    package let sectionHeaderOffset: UInt64
    /// How many there are.
    package private(set) var sectionHeaderCount: UInt64
    /// The section that holds the names of all, or 0 where they have none.
    package private(set) var sectionNamesIndex: UInt32
    /// Whether a count or that number did not fit and stands in the first section header instead.
    package let needsFirstSection: Bool

    /// Reads a header.
    ///
    /// - Parameter bytes: The start of the file, at least `byteCount` bytes of it.
    package init(parsing bytes: [UInt8]) throws(ImageFailure) {
        let reader = ByteReader(bytes)
        guard bytes.count >= Self.byteCount, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46])
        else { throw .notELF }
        guard bytes[4] == 2 else { throw .unsupportedClass }
        guard bytes[5] == 1 else { throw .unsupportedByteOrder }
        switch reader.uint16(at: 18) {
        case 62: machine = .x86_64
        case 183: machine = .arm64
        default: throw .unsupportedMachine
        }
        guard let type = reader.uint16(at: 16), type == 2 || type == 3
        else { throw .unsupportedType }
        guard let programs = reader.uint64(at: 32), let sections = reader.uint64(at: 40),
            let programBytes = reader.uint16(at: 54), let programCount = reader.uint16(at: 56),
            let sectionBytes = reader.uint16(at: 58), let sectionCount = reader.uint16(at: 60),
            let sectionNames = reader.uint16(at: 62)
        else { throw .notELF }
        // No other sizes have ever been in use for ELF64.
        guard programCount == 0 || programBytes == 56 else { throw .malformedHeader }
        guard sections == 0 || sectionBytes == 64 else { throw .malformedHeader }
        programHeaderOffset = programs
        programHeaderCount = UInt64(programCount)
        sectionHeaderOffset = sections
        sectionHeaderCount = sections == 0 ? 0 : UInt64(sectionCount)
        sectionNamesIndex = sections == 0 ? 0 : UInt32(sectionNames)
        needsFirstSection =
            sections != 0
            && (sectionCount == 0 || programCount == 0xffff || sectionNames == 0xffff)
    }

    /// Takes the counts that did not fit from the first section header (elf(5), `e_shnum`).
    package mutating func extend(from first: SectionHeader) {
        // PN_XNUM: the program headers are counted in `sh_info`.
        if programHeaderCount == 0xffff { programHeaderCount = UInt64(first.info) }
        if sectionHeaderCount == 0 { sectionHeaderCount = first.byteCount }
        // SHN_XINDEX: the number is in `sh_link`.
        if sectionNamesIndex == 0xffff { sectionNamesIndex = first.link }
    }
}
