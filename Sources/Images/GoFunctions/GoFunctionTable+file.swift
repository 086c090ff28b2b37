// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension GoFunctionTable {
    /// Finds the table of a file.
    ///
    /// - Parameter limit: The most bytes that are read of it.
    /// - Returns: nil where there is none, or one of a form that is not known.
    static func read(
        from source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders,
        limit: UInt64
    ) throws(ImageFailure) -> GoFunctionTable? {
        let names = headers.names
        guard
            let section = names.section(named: ".gopclntab")
                ?? names.section(named: ".data.rel.ro.gopclntab")
        else { return nil }
        let bytes = try SectionContents.read(section, from: source, limit: limit)
        guard ByteReader(bytes).uint64(at: textStartOffset) == 0 else {
            return GoFunctionTable(bytes)
        }
        let field = section.address.rawValue &+ textStartOffset
        let start =
            try relocated(field, source, headers, limit)
            ?? names.section(named: ".text")?.address.rawValue
        return GoFunctionTable(bytes, textStart: start)
    }

    /// What the dynamic linker is to write to an address, less where it puts the file.
    private static func relocated(
        _ address: UInt64,
        _ source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders,
        _ limit: UInt64
    ) throws(ImageFailure) -> UInt64? {
        // SHT_RELA
        for section in headers.sections.all where section.type == 4 {
            let table = ByteReader(
                try SectionContents.read(section, from: source, limit: limit)
            )
            for start in stride(from: UInt64(0), to: table.count, by: relocationBytes)
            where table.uint64(at: start) == address {
                return table.uint64(at: start + 16)
            }
        }
        return nil
    }

    private static let relocationBytes = LinkageRelocations.entryBytes
}
