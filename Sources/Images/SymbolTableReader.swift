// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the symbol tables of a file, within the limits.
enum SymbolTableReader {
    /// How many entries are read at a time: about one MiB.
    private static let chunkEntries: UInt64 = 43_690

    private static let sources: [(source: SymbolSource, sectionType: UInt32)] = [
        (.symtab, 2), (.dynsym, 11),
    ]

    /// The functions of a file, and why tables were left out.
    ///
    /// A table that cannot be read takes nothing from the others.
    static func read(
        from file: borrowing ImageFile,
        segments: ProgramHeaders,
        sections: SectionHeaders,
        limits: ImageLimits
    ) -> (table: SymbolTable, failures: [ImageFailure]) {
        guard let base = segments.lowestAddress else { return (SymbolTable(), []) }
        var builder = SymbolTableBuilder(base: base, code: CodeRanges(sections))
        var failures: [ImageFailure] = []
        var bytesLeft = UInt64(max(0, limits.symbolTableBytes))
        for (source, sectionType) in sources {
            guard let section = sections.first(ofType: sectionType) else { continue }
            do throws(ImageFailure) {
                try add(
                    section,
                    as: source,
                    of: file,
                    sections: sections,
                    bytesLeft: &bytesLeft,
                    to: &builder
                )
            } catch {
                failures.append(error)
            }
        }
        return (builder.build(), failures)
    }

    private static func add(
        _ section: SectionHeader,
        as source: SymbolSource,
        of file: borrowing ImageFile,
        sections: SectionHeaders,
        bytesLeft: inout UInt64,
        to builder: inout SymbolTableBuilder
    ) throws(ImageFailure) {
        guard let names = sections.linked(from: section), names.type == 3,
            section.entryBytes == UInt64(SymbolEntry.byteCount),
            section.byteCount % section.entryBytes == 0
        else { throw .malformedSymbolTable }
        guard !section.isCompressed, !names.isCompressed else { throw .compressedSection }
        let (bytes, overflow) = section.byteCount.addingReportingOverflow(names.byteCount)
        guard !overflow, bytes <= bytesLeft else { throw .symbolTableTooLarge }
        // The last entries first would cost as much to find missing: look before reading.
        guard section.fileOffset <= file.byteCount,
            section.byteCount <= file.byteCount - section.fileOffset
        else { throw .truncated }
        builder.begin(
            source,
            names: try file.read(at: names.fileOffset, count: Int(names.byteCount))
        )
        bytesLeft -= bytes
        var done: UInt64 = 0
        while done < section.byteCount {
            let count = min(section.byteCount - done, chunkEntries * section.entryBytes)
            builder.add(
                entries: try file.read(at: section.fileOffset + done, count: Int(count))
            )
            done += count
        }
    }
}
