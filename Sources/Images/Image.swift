// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

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

    init(_ headers: ImageHeaders, _ tables: (table: SymbolTable, failures: [ImageFailure])) {
        machine = headers.header.machine
        buildID = headers.buildID
        segments = headers.segments
        symbols = tables.table
        partialFailures = headers.failures + tables.failures
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
    /// - Parameters:
    ///   - file: The file, which stays open.
    ///   - limits: The bounds for what is read.
    ///   - debugFiles: Where to look for the functions that were stripped from the file.
    /// - Throws: Why the file is no image, or `changed` if it was written to meanwhile.
    @available(*, noasync, message: "reads a file, which can block")
    package static func read(
        from file: borrowing ImageFile,
        limits: ImageLimits = .standard,
        debugFiles: DebugFileSearch? = nil
    ) throws(ImageFailure) -> Image {
        let headers = try ImageHeaders.read(from: file, limits: limits)
        var tables = SymbolTableReader(
            base: headers.segments.lowestAddress ?? ImageAddress(0),
            code: headers.code,
            limits: limits
        )
        tables.addTables(of: file, headers)
        if !tables.hasFullTable, let debugFiles {
            debugFiles.addTables(for: file, headers, limits: limits, to: &tables)
        }
        if !tables.hasFullTable { tables.addMiniDebugInfo(of: file, headers) }
        if !tables.hasFullTable { tables.addGoFunctions(of: file, headers) }
        tables.addLinkageTable(of: file, headers)
        guard file.isUnchanged() else { throw .changed }
        return Image(headers, tables.build())
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
