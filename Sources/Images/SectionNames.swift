// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The sections of a file by their names (System V ABI, chapter 4, "Special Sections").
package struct SectionNames: Sendable {
    /// The longest table of names that is read, in bytes.
    package static let byteLimit: UInt64 = 4 << 20

    private let sections: SectionHeaders
    private let names: ByteReader

    /// No section has a name.
    package init() { self.init(sections: SectionHeaders(), names: []) }

    /// - Parameter names: The table that the members `name` of the headers point into.
    package init(sections: SectionHeaders, names: [UInt8]) {
        self.sections = sections
        self.names = ByteReader(names)
    }

    /// Reads the table of names that the header of the file tells.
    ///
    /// - Throws: Why there is none; a file without section headers simply has no names.
    package static func read(
        from source: borrowing some ImageSource & ~Copyable,
        header: ELFHeader,
        sections: SectionHeaders
    ) throws(ImageFailure) -> SectionNames {
        // SHN_UNDEF: the sections have no names.
        let index = header.sectionNamesIndex
        guard index != 0, !sections.all.isEmpty else { return SectionNames() }
        guard let table = sections.section(at: index), table.type == 3
        else { throw .malformedHeader }
        let bytes = try SectionContents.read(table, from: source, limit: byteLimit)
        return SectionNames(sections: sections, names: bytes)
    }

    /// The first section of a name.
    package func section(named name: String) -> SectionHeader? {
        let wanted = Array(name.utf8) + [0]
        return sections.all.first {
            names.bytes(at: UInt64($0.name), count: UInt64(wanted.count))?
                .elementsEqual(wanted) == true
        }
    }
}
