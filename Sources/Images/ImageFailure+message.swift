// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension ImageFailure {
    /// One line for an operator: what failed, on what, why, and what to do if anything helps.
    ///
    /// - Parameter path: The file as the operator knows it.
    package func message(path: String) -> String {
        "cannot name the functions of \(path): \(explanation)"
    }

    private var explanation: String {
        switch self {
        case .absent:
            "no such file; it was removed, or lies in another mount namespace"
        case .notPermitted:
            "permission denied; run the agent with CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE"
        case .notRegular: "it is not a regular file"
        case .tooLarge: "the file is larger than \(ImageLimits.standard.fileBytes) bytes"
        case .replaced:
            "another file has taken its path; restart the program to have it use the new one"
        case .changed: "the file was written to while it was read"
        case .system(let code): "system error \(code)"
        case .notELF: "it is not an ELF file"
        case .unsupportedClass: "it is not a 64-bit ELF file"
        case .unsupportedByteOrder: "it is not a little-endian ELF file"
        case .unsupportedMachine: "it is built for a machine other than x86-64 and AArch64"
        case .unsupportedType: "it is neither a program nor a shared object"
        case .malformedHeader: "a header of the file contradicts the ELF specification"
        case .truncated: "the file ends before the data that its headers name"
        case .tooManyProgramHeaders: "it has too many program headers"
        case .tooManySections: "it has too many sections"
        case .compressedSection: "a section that is needed is compressed by an unknown method"
        case .malformedCompression: "compressed bytes of the file contradict their format"
        case .decompressedTooLarge: "compressed bytes of the file would exceed the limit"
        case .malformedSymbolTable: "its symbol table contradicts the ELF specification"
        case .symbolTableTooLarge: "its symbol table is larger than the limit"
        case .debugFileMismatch: "its debug file is of another build, or of another owner"
        case .foreignOwner: "the file belongs to another user than the program"
        case .unwindSectionTooLarge: "a section of its unwind records is larger than the limit"
        }
    }
}
