// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension UnwindSections {
    /// Reads the unwind records of a file.
    ///
    /// The sections are found by their names; in a file without section headers, `.eh_frame` is
    /// found through the program header of its search table, and ends with its segment at the
    /// latest. What cannot be read is in `failures`.
    ///
    /// - Throws: Why the file is no image, or `changed` if it was written to meanwhile.
    @available(*, noasync, message: "reads a file, which can block")
    package static func read(
        from file: borrowing ImageFile,
        limits: UnwindLimits = .standard,
        imageLimits: ImageLimits = .standard
    ) throws(ImageFailure) -> UnwindSections {
        let (header, sectionFailure) = try Image.readHeader(of: file)
        let segments = try Image.readSegments(header, of: file, limits: imageLimits)
        var failures = sectionFailure.map { [$0] } ?? []
        var names: SectionNames?
        attempt(&failures) { () throws(ImageFailure) in
            let sections = try Image.readSections(header, of: file, limits: imageLimits)
            names = try SectionNames(of: file, header, sections)
        }
        var table: FrameHeaderTable?
        var ehFrame: FrameSection?
        var debugFrame: FrameSection?
        attempt(&failures) { () throws(ImageFailure) in
            guard let segment = segments.unwindHeader else { return }
            let place = Place(segment)
            table = FrameHeaderTable(try place.read(from: file, limits), at: place.address)
        }
        attempt(&failures) { () throws(ImageFailure) in
            let section = names?.section(named: ".eh_frame").flatMap { Place($0) }
            guard let place = section ?? segments.place(of: table) else { return }
            ehFrame = FrameSection(
                kind: .ehFrame,
                address: place.address,
                bytes: try place.read(from: file, limits)
            )
        }
        attempt(&failures) { () throws(ImageFailure) in
            guard let section = names?.section(named: ".debug_frame") else { return }
            guard !section.isCompressed else { throw .compressedSection }
            guard let place = Place(section) else { return }
            debugFrame = FrameSection(
                kind: .debugFrame,
                address: place.address,
                bytes: try place.read(from: file, limits)
            )
        }
        guard file.isUnchanged() else { throw .changed }
        return UnwindSections(ehFrame: ehFrame, table, debugFrame: debugFrame, failures: failures)
    }

    /// Notes why a part could not be read, and leaves the other parts alone.
    private static func attempt(
        _ failures: inout [ImageFailure],
        _ part: () throws(ImageFailure) -> Void
    ) {
        do throws(ImageFailure) { try part() } catch { failures.append(error) }
    }
}

/// A part of a file with its address.
private struct Place {
    let address: ImageAddress
    let fileOffset: UInt64
    let byteCount: UInt64

    init(address: ImageAddress, fileOffset: UInt64, byteCount: UInt64) {
        self.address = address
        self.fileOffset = fileOffset
        self.byteCount = byteCount
    }

    init(_ segment: LoadSegment) {
        self.init(
            address: segment.address,
            fileOffset: segment.fileOffset,
            byteCount: segment.fileBytes
        )
    }

    /// The place of a section; nil for one without bytes (`SHT_NOBITS`), as debug files have it.
    init?(_ section: SectionHeader) {
        guard section.type != 8, !section.isCompressed else { return nil }
        self.init(
            address: section.address,
            fileOffset: section.fileOffset,
            byteCount: section.byteCount
        )
    }

    func read(
        from file: borrowing ImageFile,
        _ limits: UnwindLimits
    ) throws(ImageFailure) -> [UInt8] {
        guard byteCount <= UInt64(max(0, limits.sectionBytes)) else {
            throw .unwindSectionTooLarge
        }
        return try file.read(at: fileOffset, count: Int(byteCount))
    }
}

extension ProgramHeaders {
    /// Where the records of a search table lie, up to the end of their segment.
    fileprivate func place(of table: FrameHeaderTable?) -> Place? {
        guard let table else { return nil }
        for segment in loads {
            let distance = table.sectionAddress &- segment.address.rawValue
            guard table.sectionAddress >= segment.address.rawValue, distance < segment.fileBytes
            else { continue }
            return Place(
                address: ImageAddress(table.sectionAddress),
                fileOffset: segment.fileOffset + distance,
                byteCount: segment.fileBytes - distance
            )
        }
        return nil
    }
}
