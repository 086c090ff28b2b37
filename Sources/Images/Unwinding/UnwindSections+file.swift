// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension UnwindSections {
    /// Reads the unwind records of a file.
    ///
    /// - Throws: Why the file is no image, or `changed` if it was written to meanwhile.
    @available(*, noasync, message: "reads a file, which can block")
    package static func read(
        from file: borrowing ImageFile,
        limits: UnwindLimits = .standard,
        imageLimits: ImageLimits = .standard
    ) throws(ImageFailure) -> UnwindSections {
        let headers = try ImageHeaders.read(from: file, limits: imageLimits)
        let sections = read(from: file, headers, limits)
        guard file.isUnchanged() else { throw .changed }
        return sections
    }

    /// Reads the unwind records of an image whose bytes were copied from memory, as the vDSO's.
    package static func read(
        fromMemory bytes: [UInt8],
        limits: UnwindLimits = .standard
    ) throws(ImageFailure) -> UnwindSections {
        let memory = ImageBytes(bytes)
        return read(from: memory, try ImageHeaders.read(from: memory, limits: .standard), limits)
    }

    /// The sections are found by their names.
    ///
    /// Without section headers `.eh_frame` is found through the program header of its search
    /// table, and ends with its segment at the latest. What cannot be read is in `failures`.
    private static func read(
        from source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders,
        _ limits: UnwindLimits
    ) -> UnwindSections {
        var failures = headers.failures
        var table: FrameHeaderTable?
        var ehFrame: FrameSection?
        var debugFrame: FrameSection?
        do throws(ImageFailure) {
            if let segment = headers.segments.unwindHeader {
                let place = Place(segment)
                table = FrameHeaderTable(try place.read(from: source, limits), at: place.address)
            }
        } catch {
            failures.append(error)
        }
        do throws(ImageFailure) {
            let section = headers.names.section(named: ".eh_frame").flatMap { Place($0) }
            if let place = section ?? headers.segments.place(of: table) {
                ehFrame = FrameSection(
                    kind: .ehFrame,
                    address: place.address,
                    bytes: try place.read(from: source, limits)
                )
            }
        } catch {
            failures.append(error)
        }
        do throws(ImageFailure) {
            if let section = headers.names.section(named: ".debug_frame"), section.type != 8 {
                guard section.byteCount <= limits.sectionLimit else {
                    throw .unwindSectionTooLarge
                }
                debugFrame = FrameSection(
                    kind: .debugFrame,
                    address: section.address,
                    bytes: try SectionContents.read(
                        section,
                        from: source,
                        limit: limits.sectionLimit
                    )
                )
            }
        } catch {
            failures.append(error)
        }
        var goFunctions: GoFunctionTable?
        do throws(ImageFailure) {
            if headers.header.machine == .x86_64 {
                goFunctions = try GoFunctionTable.read(
                    from: source,
                    headers,
                    limit: limits.sectionLimit
                )
            }
        } catch {
            failures.append(error)
        }
        return UnwindSections(
            ehFrame: ehFrame,
            table,
            debugFrame: debugFrame,
            goFunctions: goFunctions,
            failures: failures
        )
    }
}

extension UnwindLimits {
    fileprivate var sectionLimit: UInt64 { UInt64(max(0, sectionBytes)) }
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
        from source: borrowing some ImageSource & ~Copyable,
        _ limits: UnwindLimits
    ) throws(ImageFailure) -> [UInt8] {
        guard byteCount <= limits.sectionLimit else { throw .unwindSectionTooLarge }
        return try source.read(at: fileOffset, count: Int(byteCount))
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
