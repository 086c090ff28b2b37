// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why a file, or one part of it, tells nothing about its functions.
///
/// These are expected outcomes, to be counted by their `reason`, not faults of the agent.
package enum ImageFailure: Error, Hashable, Sendable {
    /// No file has this path (any more).
    case absent
    /// The agent may not open the file.
    case notPermitted
    /// The path names a directory, pipe, device, socket or symbolic link.
    case notRegular
    /// The file is longer than the limit.
    case tooLarge
    /// The path names another file than the one that is mapped.
    case replaced
    /// The file was written to or cut short while it was read.
    case changed
    /// Another system call error; the number is an `errno` (errno(3)).
    case system(Int32)

    /// The file does not begin with the ELF magic number, or is shorter than an ELF header.
    case notELF
    /// The file is ELF, but not 64-bit.
    case unsupportedClass
    /// The file is ELF, but not little-endian.
    case unsupportedByteOrder
    /// The file is ELF for a machine that is neither x86-64 nor AArch64.
    case unsupportedMachine
    /// The file is ELF, but neither a program nor a shared object.
    case unsupportedType
    /// A header contradicts the ELF specification.
    case malformedHeader
    /// A header names bytes that the file does not have.
    case truncated
    /// There are more program headers than the limit.
    case tooManyProgramHeaders
    /// There are more sections than the limit.
    case tooManySections
    /// A section that is needed is compressed by a method that is not known (`SHF_COMPRESSED`).
    case compressedSection
    /// Compressed bytes contradict their format, or are not as long as they say.
    case malformedCompression
    /// Compressed bytes would become longer than the limit, or take more memory.
    case decompressedTooLarge
    /// A symbol table contradicts the ELF specification.
    case malformedSymbolTable
    /// A symbol table and its names are longer than the limit.
    case symbolTableTooLarge
    /// What should be a file's debug file is of another build, or of another owner.
    case debugFileMismatch
    /// A file that anybody can make belongs to another user than the process that it is about.
    case foreignOwner
    /// A section of unwind records is longer than the limit.
    case unwindSectionTooLarge

    /// The stable name of this outcome, fit for a metric label.
    package var reason: String {
        switch self {
        case .absent: "absent"
        case .notPermitted: "not_permitted"
        case .notRegular: "not_regular"
        case .tooLarge: "too_large"
        case .replaced: "replaced"
        case .changed: "changed"
        case .system: "system"
        case .notELF: "not_elf"
        case .unsupportedClass: "unsupported_class"
        case .unsupportedByteOrder: "unsupported_byte_order"
        case .unsupportedMachine: "unsupported_machine"
        case .unsupportedType: "unsupported_type"
        case .malformedHeader: "malformed_header"
        case .truncated: "truncated"
        case .tooManyProgramHeaders: "too_many_program_headers"
        case .tooManySections: "too_many_sections"
        case .compressedSection: "compressed_section"
        case .malformedCompression: "malformed_compression"
        case .decompressedTooLarge: "decompressed_too_large"
        case .malformedSymbolTable: "malformed_symbol_table"
        case .symbolTableTooLarge: "symbol_table_too_large"
        case .debugFileMismatch: "debug_file_mismatch"
        case .foreignOwner: "foreign_owner"
        case .unwindSectionTooLarge: "unwind_section_too_large"
        }
    }
}
