// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the symbols of an image in memory as the dynamic linker does.
enum DynamicSymbols {
    /// The symbol table and its names.
    ///
    /// - Parameters:
    ///   - bytes: The memory from where the file's start is mapped.
    ///   - address: Where it is mapped.
    ///   - limit: The most bytes of both together.
    static func find(
        in bytes: [UInt8],
        mappedAt address: UInt64,
        _ headers: ImageHeaders,
        limit: UInt64
    ) throws(ImageFailure) -> (entries: [UInt8], names: [UInt8]) {
        let memory = ByteReader(bytes)
        let place = Place(headers.segments, mappedAt: address, count: memory.count)
        guard let extent = headers.dynamic, let start = place.offset(of: extent.lowerBound),
            let table = memory.bytes(
                at: start,
                count: min(extent.upperBound - extent.lowerBound, memory.count - start)
            )
        else { throw .truncated }
        let dynamic = DynamicTable(parsing: Array(table))
        guard let symbols = dynamic.symbols.flatMap(place.offset),
            let names = dynamic.names.flatMap(place.offset), let nameBytes = dynamic.nameBytes,
            let count = symbolCount(dynamic, memory, place)
        else { throw .malformedSymbolTable }
        let entryBytes = count.multipliedReportingOverflow(by: UInt64(SymbolEntry.byteCount))
        let total = entryBytes.partialValue.addingReportingOverflow(nameBytes)
        guard !entryBytes.overflow, !total.overflow, total.partialValue <= limit
        else { throw .symbolTableTooLarge }
        guard let entries = memory.bytes(at: symbols, count: entryBytes.partialValue),
            let strings = memory.bytes(at: names, count: nameBytes)
        else { throw .truncated }
        return (Array(entries), Array(strings))
    }

    private static func symbolCount(
        _ dynamic: DynamicTable,
        _ memory: ByteReader,
        _ place: Place
    ) -> UInt64? {
        if let hash = dynamic.hash.flatMap(place.offset) {
            return DynamicTable.symbolCount(ofHash: memory, at: hash)
        }
        return dynamic.gnuHash.flatMap(place.offset).flatMap {
            DynamicTable.symbolCount(ofGNUHash: memory, at: $0)
        }
    }

    /// Where addresses are in the bytes.
    private struct Place {
        let base: UInt64
        let address: UInt64
        let count: UInt64

        init(_ segments: ProgramHeaders, mappedAt address: UInt64, count: UInt64) {
            // The first segment is mapped from the start of its page.
            let lowest = segments.loads.min { $0.address < $1.address }
            base = (lowest?.address.rawValue ?? 0) &- (lowest?.fileOffset ?? 0)
            self.address = address
            self.count = count
        }

        /// An address of the file, or else one of the process.
        func offset(of value: UInt64) -> UInt64? {
            let own = value &- base
            if own < count { return own }
            let moved = value &- address
            return moved < count ? moved : nil
        }
    }
}
