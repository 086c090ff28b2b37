// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What one program or library file says about its code, read once and immutable.
///
/// The file is closed again: an open descriptor would keep the target's file systems from being
/// unmounted and removed files from being freed.
package final class Image: Sendable {
    package let machine: Machine
    /// The build id, if the file has one.
    package let buildID: BuildID?
    /// What of the file is mapped where.
    package let segments: ProgramHeaders
    /// The functions of the file.
    package let symbols: SymbolTable
    /// Why parts of the file could not be read; the rest holds.
    package let partialFailures: [ImageFailure]

    private init(
        machine: Machine,
        buildID: BuildID?,
        segments: ProgramHeaders,
        symbols: SymbolTable,
        partialFailures: [ImageFailure]
    ) {
        self.machine = machine
        self.buildID = buildID
        self.segments = segments
        self.symbols = symbols
        self.partialFailures = partialFailures
    }

    /// The memory that the image holds, in bytes.
    package var byteCount: Int {
        MemoryLayout<LoadSegment>.stride * segments.loads.count
            + MemoryLayout<NoteExtent>.stride * segments.notes.count
            + (buildID?.bytes.count ?? 0) + symbols.byteCount + Self.fixedBytes
    }

    /// About what the object, its arrays and its place in a cache take.
    private static let fixedBytes = 512

    /// Reads what is needed of a file.
    ///
    /// Program headers are needed. A file without sections, or with symbol tables that cannot be
    /// read, is still an image: `partialFailures` says what is missing.
    ///
    /// - Throws: Why the file is no image, or `changed` if it was written to meanwhile.
    @available(*, noasync, message: "reads a file, which can block")
    package static func read(
        from file: borrowing ImageFile,
        limits: ImageLimits = .standard
    ) throws(ImageFailure) -> Image {
        let (header, sectionFailure) = try readHeader(of: file)
        guard header.programHeaderCount <= UInt64(max(0, limits.programHeaders))
        else { throw .tooManyProgramHeaders }
        let segments = try ProgramHeaders(
            parsing: file.read(
                at: header.programHeaderOffset,
                count: Int(header.programHeaderCount) * ProgramHeaders.entryBytes
            ),
            pageBytes: UInt64(max(1, getpagesize()))
        )
        var failures = sectionFailure.map { [$0] } ?? []
        var sections = SectionHeaders()
        do throws(ImageFailure) {
            sections = try readSections(header, of: file, limits: limits)
        } catch {
            failures.append(error)
        }
        let (symbols, symbolFailures) = SymbolTableReader.read(
            from: file,
            segments: segments,
            sections: sections,
            limits: limits
        )
        let buildID = BuildIDNote.read(from: file, segments: segments, sections: sections)
        guard file.isUnchanged() else { throw .changed }
        return Image(
            machine: header.machine,
            buildID: buildID,
            segments: segments,
            symbols: symbols,
            partialFailures: failures + symbolFailures
        )
    }

    /// The header, with the counts that stand in the first section header where they did not fit.
    private static func readHeader(
        of file: borrowing ImageFile
    ) throws(ImageFailure) -> (ELFHeader, ImageFailure?) {
        guard file.byteCount >= UInt64(ELFHeader.byteCount) else { throw .notELF }
        var header = try ELFHeader(parsing: file.read(at: 0, count: ELFHeader.byteCount))
        guard header.needsFirstSection else { return (header, nil) }
        do throws(ImageFailure) {
            let bytes = try file.read(
                at: header.sectionHeaderOffset,
                count: SectionHeaders.entryBytes
            )
            guard let first = SectionHeader(ByteReader(bytes), at: 0) else { throw .truncated }
            header.extend(from: first)
            return (header, nil)
        } catch {
            // Without the real number of program headers there is nothing to go by.
            guard header.programHeaderCount < 0xffff else { throw error }
            return (header, error)
        }
    }

    private static func readSections(
        _ header: ELFHeader,
        of file: borrowing ImageFile,
        limits: ImageLimits
    ) throws(ImageFailure) -> SectionHeaders {
        guard header.sectionHeaderCount <= UInt64(max(0, limits.sections))
        else { throw .tooManySections }
        return try SectionHeaders(
            parsing: file.read(
                at: header.sectionHeaderOffset,
                count: Int(header.sectionHeaderCount) * SectionHeaders.entryBytes
            )
        )
    }

    /// The function that holds a byte of the file.
    ///
    /// For a return address ask for the byte before it: a call that never returns may be the last
    /// instruction of its function.
    ///
    /// - Parameter offset: In bytes; for a mapping, the address less its start plus its offset.
    package func symbol(atFileOffset offset: UInt64) -> SymbolLookup {
        guard let address = segments.address(atFileOffset: offset) else { return .outsideSegments }
        return symbol(at: address)
    }

    /// The function that holds an address of the file.
    package func symbol(at address: ImageAddress) -> SymbolLookup {
        if symbols.isEmpty { return .noSymbols }
        return symbols.symbol(at: address).map { .symbol($0) } ?? .gap
    }
}
