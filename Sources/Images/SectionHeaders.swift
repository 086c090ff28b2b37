// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One section of a file (System V ABI, chapter 4, "Sections"; `Elf64_Shdr`).
package struct SectionHeader: Hashable, Sendable {
    /// Where its name begins among the names of sections (`SectionNames`).
    package let name: UInt32
    package let type: UInt32
    package let flags: UInt64
    package let address: ImageAddress
    package let fileOffset: UInt64
    package let byteCount: UInt64
    /// The section that this one refers to; for a symbol table, its names.
    package let link: UInt32
    package let info: UInt32
    package let alignment: UInt64
    /// The length of one entry in bytes, where the section is a table.
    package let entryBytes: UInt64

    /// Whether its bytes are packed (`SHF_COMPRESSED`).
    package var isCompressed: Bool { flags & 0x800 != 0 }

    /// Whether it is mapped to run (`SHF_ALLOC` and `SHF_EXECINSTR`).
    package var isCode: Bool { flags & 0x6 == 0x6 }

    /// Reads the section header at an offset of a table.
    package init?(_ table: ByteReader, at offset: UInt64) {
        guard let name = table.uint32(at: offset), let type = table.uint32(at: offset &+ 4),
            let flags = table.uint64(at: offset &+ 8),
            let address = table.uint64(at: offset &+ 16),
            let fileOffset = table.uint64(at: offset &+ 24),
            let byteCount = table.uint64(at: offset &+ 32),
            let link = table.uint32(at: offset &+ 40), let info = table.uint32(at: offset &+ 44),
            let alignment = table.uint64(at: offset &+ 48),
            let entryBytes = table.uint64(at: offset &+ 56)
        else { return nil }
        self.name = name
        self.type = type
        self.flags = flags
        self.address = ImageAddress(address)
        self.fileOffset = fileOffset
        self.byteCount = byteCount
        self.link = link
        self.info = info
        self.alignment = alignment
        self.entryBytes = entryBytes
    }
}

/// The sections of a file, in the order of its table.
package struct SectionHeaders: Equatable, Sendable {
    /// The length of one header in bytes (`Elf64_Shdr`).
    package static let entryBytes = 64

    package let all: [SectionHeader]

    /// A file without section headers, as after `strip --strip-section-headers`.
    package init() { all = [] }

    /// Reads a section header table.
    ///
    /// - Parameter bytes: The whole table.
    package init(parsing bytes: [UInt8]) throws(ImageFailure) {
        let reader = ByteReader(bytes)
        var all: [SectionHeader] = []
        all.reserveCapacity(bytes.count / Self.entryBytes)
        for start in stride(from: UInt64(0), to: reader.count, by: Self.entryBytes) {
            guard let section = SectionHeader(reader, at: start) else { throw .truncated }
            all.append(section)
        }
        self.all = all
    }

    /// The first section of a type, as a file has at most one table of symbols of each kind.
    package func first(ofType type: UInt32) -> SectionHeader? { all.first { $0.type == type } }

    /// The section that another one refers to.
    package func linked(from section: SectionHeader) -> SectionHeader? {
        self.section(at: section.link)
    }

    /// The section of a number, if there are as many.
    package func section(at index: UInt32) -> SectionHeader? {
        all.indices.contains(Int(index)) ? all[Int(index)] : nil
    }

    /// Where notes lie, for a file whose program headers name none.
    package var notes: [NoteExtent] {
        all.lazy.filter { $0.type == 7 && !$0.isCompressed }.map {
            NoteExtent(
                fileOffset: $0.fileOffset,
                byteCount: $0.byteCount,
                alignment: $0.alignment
            )
        }
    }
}
