// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the headers of a file say, and its build id.
struct ImageHeaders {
    let header: ELFHeader
    let segments: ProgramHeaders
    let sections: SectionHeaders
    let names: SectionNames
    let buildID: BuildID?
    /// Where the dynamic linker's table lies (`PT_DYNAMIC`), by the file's own addresses.
    let dynamic: Range<UInt64>?
    /// Why parts of them could not be read; the rest holds.
    let failures: [ImageFailure]

    /// Where the file has code: by its sections, or else by its segments.
    var code: CodeRanges {
        sections.all.contains(where: \.isCode) ? CodeRanges(sections) : CodeRanges(segments)
    }

    /// Reads the headers; those of the program are needed, the others are not.
    static func read(
        from source: borrowing some ImageSource & ~Copyable,
        limits: ImageLimits
    ) throws(ImageFailure) -> ImageHeaders {
        let (header, sectionFailure) = try readHeader(of: source)
        guard header.programHeaderCount <= UInt64(max(0, limits.programHeaders))
        else { throw .tooManyProgramHeaders }
        let programHeaders = try source.read(
            at: header.programHeaderOffset,
            count: Int(header.programHeaderCount) * ProgramHeaders.entryBytes
        )
        let segments = try ProgramHeaders(
            parsing: programHeaders,
            pageBytes: UInt64(max(1, getpagesize()))
        )
        var failures = sectionFailure.map { [$0] } ?? []
        var sections = SectionHeaders()
        var names = SectionNames()
        do throws(ImageFailure) {
            sections = try readSections(header, of: source, limits: limits)
            names = try SectionNames.read(from: source, header: header, sections: sections)
        } catch {
            failures.append(error)
        }
        return ImageHeaders(
            header: header,
            segments: segments,
            sections: sections,
            names: names,
            buildID: BuildIDNote.read(from: source, segments: segments, sections: sections),
            dynamic: DynamicTable.extent(inProgramHeaders: programHeaders),
            failures: failures
        )
    }

    /// The header, with the counts that stand in the first section header where they did not fit.
    private static func readHeader(
        of source: borrowing some ImageSource & ~Copyable
    ) throws(ImageFailure) -> (ELFHeader, ImageFailure?) {
        guard source.byteCount >= UInt64(ELFHeader.byteCount) else { throw .notELF }
        var header = try ELFHeader(parsing: source.read(at: 0, count: ELFHeader.byteCount))
        guard header.needsFirstSection else { return (header, nil) }
        do throws(ImageFailure) {
            let bytes = try source.read(
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
        of source: borrowing some ImageSource & ~Copyable,
        limits: ImageLimits
    ) throws(ImageFailure) -> SectionHeaders {
        guard header.sectionHeaderCount <= UInt64(max(0, limits.sections))
        else { throw .tooManySections }
        return try SectionHeaders(
            parsing: source.read(
                at: header.sectionHeaderOffset,
                count: Int(header.sectionHeaderCount) * SectionHeaders.entryBytes
            )
        )
    }
}
