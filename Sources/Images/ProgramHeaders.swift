// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A part of the file that is mapped to run (`PT_LOAD`).
package struct LoadSegment: Hashable, Sendable {
    /// Where its bytes begin in the file.
    package let fileOffset: UInt64
    /// How many bytes of the file are mapped.
    package let fileBytes: UInt64
    /// Where it lies by the file's own reckoning.
    package let address: ImageAddress
    /// Whether it holds code (`PF_X`).
    package let isExecutable: Bool

    fileprivate func translate(_ offset: UInt64) -> ImageAddress {
        // Wraps for an offset of the page before the segment; a linker leaves room for it.
        ImageAddress(address.rawValue &+ (offset &- fileOffset))
    }
}

/// Where notes lie in the file (`PT_NOTE` or `SHT_NOTE`).
package struct NoteExtent: Hashable, Sendable {
    package let fileOffset: UInt64
    package let byteCount: UInt64
    package let alignment: UInt64
}

/// What of a file is mapped where (System V ABI, chapter 5, "Program Header").
package struct ProgramHeaders: Equatable, Sendable {
    /// The length of one header in bytes (`Elf64_Phdr`).
    package static let entryBytes = 56

    package let loads: [LoadSegment]
    package let notes: [NoteExtent]
    /// Where the search table of the unwind records lies (`PT_GNU_EH_FRAME`; LSB Core, 10.6).
    package let unwindHeader: LoadSegment?

    private let pageBytes: UInt64

    /// Reads a program header table.
    ///
    /// - Parameters:
    ///   - bytes: The whole table.
    ///   - pageBytes: The size of a memory page of this machine: segments are mapped in pages.
    package init(parsing bytes: [UInt8], pageBytes: UInt64) throws(ImageFailure) {
        let reader = ByteReader(bytes)
        var loads: [LoadSegment] = []
        var notes: [NoteExtent] = []
        var unwindHeader: LoadSegment?
        for start in stride(from: UInt64(0), to: reader.count, by: Self.entryBytes) {
            guard let type = reader.uint32(at: start), let flags = reader.uint32(at: start + 4),
                let offset = reader.uint64(at: start + 8),
                let address = reader.uint64(at: start + 16),
                let fileBytes = reader.uint64(at: start + 32),
                let alignment = reader.uint64(at: start + 48)
            else { throw .truncated }
            guard !offset.addingReportingOverflow(fileBytes).overflow,
                !address.addingReportingOverflow(fileBytes).overflow
            else { throw .malformedHeader }
            switch type {
            case 1, 0x6474_e550:
                let segment = LoadSegment(
                    fileOffset: offset,
                    fileBytes: fileBytes,
                    address: ImageAddress(address),
                    isExecutable: flags & 1 != 0
                )
                if type == 1 { loads.append(segment) } else { unwindHeader = segment }
            case 4:
                notes.append(
                    NoteExtent(fileOffset: offset, byteCount: fileBytes, alignment: alignment)
                )
            default: break
            }
        }
        self.loads = loads
        self.notes = notes
        self.unwindHeader = unwindHeader
        self.pageBytes = max(1, pageBytes)
    }

    /// The lowest address of a segment, or nil where nothing is mapped.
    package var lowestAddress: ImageAddress? { loads.lazy.map(\.address).min() }

    /// The address of a byte of the file, as code if it can be code.
    ///
    /// A mapping begins at a page boundary, so the end of one segment may share a page of the file
    /// with the start of the next: an executable segment that holds the byte comes first, then one
    /// whose first page does, then any other.
    package func address(atFileOffset offset: UInt64) -> ImageAddress? {
        let code = loads.first { $0.isExecutable && holds($0, offset) }
        let page = code ?? loads.first { $0.isExecutable && holdsPage($0, offset) }
        let segment = page ?? loads.first { holds($0, offset) }
        return segment?.translate(offset)
    }

    private func holds(_ segment: LoadSegment, _ offset: UInt64) -> Bool {
        offset >= segment.fileOffset && offset - segment.fileOffset < segment.fileBytes
    }

    private func holdsPage(_ segment: LoadSegment, _ offset: UInt64) -> Bool {
        offset < segment.fileOffset && segment.fileBytes > 0
            && offset >= segment.fileOffset - segment.fileOffset % pageBytes
    }
}
