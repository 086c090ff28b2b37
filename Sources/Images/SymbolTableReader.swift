// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the symbol tables of a file and of those that describe it, within the limits.
///
/// A table that cannot be read takes nothing from the others.
struct SymbolTableReader {
    /// How many entries are read at a time: about one MiB.
    private static let chunkEntries: UInt64 = 43_690

    private let limits: ImageLimits
    private var builder: SymbolTableBuilder
    private var failures: [ImageFailure] = []
    private var bytesLeft: UInt64
    /// Whether a table of all functions was read, and not only of those that others use.
    private(set) var hasFullTable = false

    /// - Parameters:
    ///   - base: The lowest address of the file's segments.
    ///   - code: Where the file has code.
    init(base: ImageAddress, code: CodeRanges, limits: ImageLimits) {
        self.limits = limits
        builder = SymbolTableBuilder(base: base, code: code)
        bytesLeft = UInt64(max(0, limits.symbolTableBytes))
    }

    /// Adds the tables that the file itself has sections for.
    mutating func addTables(
        of source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders
    ) {
        if add(.symtab, ofType: 2, from: source, headers.sections) { hasFullTable = true }
        _ = add(.dynsym, ofType: 11, from: source, headers.sections)
    }

    /// Adds the full table of a debug file, whose addresses are those of the file it describes.
    mutating func addDebugFile(
        _ source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders
    ) {
        if add(.debugFile, ofType: 2, from: source, headers.sections) { hasFullTable = true }
    }

    /// Adds the packed table of functions that some distributions leave in stripped files.
    ///
    /// `.gnu_debugdata` is a whole ELF file, compressed with xz, which has the symbols that are not
    /// in `.dynsym` (gdb's manual, "MiniDebugInfo").
    mutating func addMiniDebugInfo(
        of source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders
    ) {
        guard let section = headers.names.section(named: ".gnu_debugdata") else { return }
        do throws(ImageFailure) {
            let packed = try SectionContents.read(section, from: source, limit: bytesLeft)
            let file = ImageBytes(try XZ.decompress(packed, limit: bytesLeft))
            let headers = try ImageHeaders.read(from: file, limits: limits)
            _ = add(.miniDebugInfo, ofType: 2, from: file, headers.sections)
        } catch {
            failures.append(error)
        }
    }

    /// Adds names for the entries of the procedure linkage table.
    mutating func addLinkageTable(
        of source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders
    ) {
        guard headers.header.machine == .x86_64 else { return }
        do throws(ImageFailure) {
            let stubs = try LinkageTableReader.read(from: source, headers, limit: bytesLeft)
            guard !stubs.entries.isEmpty else { return }
            bytesLeft -= min(bytesLeft, UInt64(stubs.names.count))
            builder.begin(.linkage, names: stubs.names)
            builder.add(entries: stubs.entries)
        } catch {
            failures.append(error)
        }
    }

    /// Adds what a Go program knows of its own functions, which `strip` leaves.
    mutating func addGoFunctions(
        of source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders
    ) {
        do throws(ImageFailure) {
            guard
                let table = try GoFunctionTable.read(from: source, headers, limit: bytesLeft)
            else { return }
            bytesLeft -= min(bytesLeft, UInt64(table.byteCount))
            builder.begin(.goFunctions, names: Array(table.names))
            builder.add(entries: table.symbolEntries)
        } catch {
            failures.append(error)
        }
    }

    /// Adds entries that were found without section headers.
    mutating func addDynamicSymbols(entries: [UInt8], names: [UInt8]) {
        builder.begin(.dynsym, names: names)
        builder.add(entries: entries)
    }

    /// Notes why a table could not be read.
    mutating func fail(_ failure: ImageFailure) { failures.append(failure) }

    /// The functions, and why tables were left out.
    consuming func build() -> (table: SymbolTable, failures: [ImageFailure]) {
        (builder.build(), failures)
    }

    /// Adds the first table of a section type; false where there is none that could be read.
    private mutating func add(
        _ table: SymbolSource,
        ofType sectionType: UInt32,
        from source: borrowing some ImageSource & ~Copyable,
        _ sections: SectionHeaders
    ) -> Bool {
        guard let section = sections.first(ofType: sectionType) else { return false }
        do throws(ImageFailure) {
            try add(section, as: table, of: source, sections)
            return true
        } catch {
            failures.append(error)
            return false
        }
    }

    private mutating func add(
        _ section: SectionHeader,
        as table: SymbolSource,
        of source: borrowing some ImageSource & ~Copyable,
        _ sections: SectionHeaders
    ) throws(ImageFailure) {
        guard let names = sections.linked(from: section), names.type == 3,
            section.entryBytes == UInt64(SymbolEntry.byteCount)
        else { throw .malformedSymbolTable }
        if section.isCompressed || names.isCompressed {
            return try addPacked(section, names, as: table, of: source)
        }
        guard section.byteCount % section.entryBytes == 0 else { throw .malformedSymbolTable }
        let (bytes, overflow) = section.byteCount.addingReportingOverflow(names.byteCount)
        guard !overflow, bytes <= bytesLeft else { throw .symbolTableTooLarge }
        // The last entries first would cost as much to find missing: look before reading.
        guard section.fileOffset <= source.byteCount,
            section.byteCount <= source.byteCount - section.fileOffset
        else { throw .truncated }
        builder.begin(
            table,
            names: try source.read(at: names.fileOffset, count: Int(names.byteCount))
        )
        bytesLeft -= bytes
        var done: UInt64 = 0
        while done < section.byteCount {
            let count = min(section.byteCount - done, Self.chunkEntries * section.entryBytes)
            builder.add(
                entries: try source.read(at: section.fileOffset + done, count: Int(count))
            )
            done += count
        }
    }

    /// Adds a table of which a part is packed; it is all in memory at once.
    private mutating func addPacked(
        _ section: SectionHeader,
        _ names: SectionHeader,
        as table: SymbolSource,
        of source: borrowing some ImageSource & ~Copyable
    ) throws(ImageFailure) {
        let entries = try SectionContents.read(section, from: source, limit: bytesLeft)
        guard entries.count % SymbolEntry.byteCount == 0 else { throw .malformedSymbolTable }
        let rest = bytesLeft - min(bytesLeft, UInt64(entries.count))
        let strings = try SectionContents.read(names, from: source, limit: rest)
        bytesLeft = rest - min(rest, UInt64(strings.count))
        builder.begin(table, names: strings)
        builder.add(entries: entries)
    }
}
