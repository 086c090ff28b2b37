// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Which table an entry comes from; the earlier case wins where both name one function.
enum SymbolSource: UInt64 {
    /// `.symtab`: every function.
    case symtab = 0
    /// `.symtab` of a debug file.
    case debugFile = 1
    /// `.symtab` of the packed file in `.gnu_debugdata`.
    case miniDebugInfo = 2
    /// `.dynsym`: what the dynamic linker needs; all that `strip` leaves.
    case dynsym = 3
    /// Entries of the procedure linkage table, whose names are made up.
    case linkage = 4
    /// What a Go program knows of its own functions.
    case goFunctions = 5
}

/// Makes one `SymbolTable` from the symbol tables of a file.
///
/// It takes bytes only, a part of a table at a time, so that tables of any length can be read in
/// small buffers and tables of other files (debug files) can be added.
struct SymbolTableBuilder {
    private let base: UInt64
    private let code: CodeRanges
    private var names = ByteReader([])
    private var nameBytes: [UInt8] = []
    private var source = SymbolSource.symtab
    private var sourceNames: UInt32 = 0
    /// Where the names of each table begin in `nameBytes`.
    private var starts: [UInt32] = []
    private var candidates: [Candidate] = []
    private var drops: [SymbolDrop: Int] = [:]

    /// An entry that may become a row.
    private struct Candidate {
        /// The start in the upper half, the rank in the lower: the best of one address is first.
        let order: UInt64
        let size: UInt32
        let name: UInt32

        var start: UInt32 { UInt32(truncatingIfNeeded: order >> 32) }
        var isSized: Bool { order & Rank.unsized == 0 }
        var isDynamic: Bool { order >> Rank.sourceShift & 7 >= SymbolSource.dynsym.rawValue }
    }

    /// What makes one of several names of a function the better one: the lower number wins.
    private enum Rank {
        static let unsized: UInt64 = 1 << 31
        static let sourceShift: UInt64 = 28
        static let label: UInt64 = 1 << 27
        static let bindingShift: UInt64 = 20
        static let underscoresShift: UInt64 = 13

        static func of(
            _ entry: SymbolEntry,
            source: SymbolSource,
            underscores: Int,
            nameBytes: Int
        ) -> UInt64 {
            var rank = entry.size == 0 ? unsized : 0
            rank |= source.rawValue << sourceShift
            if entry.kind == .label { rank |= label }
            rank |= entry.binding.rawValue << bindingShift
            rank |= UInt64(min(underscores, 63)) << underscoresShift
            return rank | UInt64(nameBytes)
        }
    }

    /// - Parameters:
    ///   - base: The lowest address of the file's segments.
    ///   - code: Where the file has code.
    init(base: ImageAddress, code: CodeRanges) {
        self.base = base.rawValue
        self.code = code
    }

    /// Begins a table: the entries that follow take their names from these bytes.
    ///
    /// The strings of all tables together must stay below 4 GiB; `ImageLimits` sees to it.
    mutating func begin(_ source: SymbolSource, names bytes: [UInt8]) {
        self.source = source
        sourceNames = UInt32(truncatingIfNeeded: nameBytes.count)
        starts.append(sourceNames)
        if nameBytes.isEmpty {
            nameBytes = bytes
        } else {
            // A growing array may take twice its length, and this one stays.
            nameBytes.reserveCapacity(nameBytes.count + bytes.count)
            nameBytes += bytes
        }
        names = ByteReader(bytes)
    }

    /// Takes whole entries of the table that was begun last.
    mutating func add(entries bytes: [UInt8]) {
        let table = ByteReader(bytes)
        for offset in stride(from: UInt64(0), to: table.count, by: SymbolEntry.byteCount) {
            if let entry = SymbolEntry(table, at: offset) { add(entry) }
        }
    }

    private mutating func add(_ entry: SymbolEntry) {
        guard let end = code.end(ofRangeHolding: entry.address) else {
            // Labels outside code are data; that is no loss.
            if entry.kind == .function { drops[.outsideCode, default: 0] += 1 }
            return
        }
        guard entry.address >= base, let start = UInt32(exactly: entry.address - base),
            start < UInt32.max
        else {
            drops[.outOfReach, default: 0] += 1
            return
        }
        let length: Int
        switch names.stringLength(at: UInt64(entry.name), limit: SymbolTable.nameBytesLimit) {
        case .length(0): return drop(.unnamed)
        case .length(let found): length = found
        case .outside: return drop(.nameOutside)
        case .unterminated: return drop(.nameUnterminated)
        case .tooLong: return drop(.nameTooLong)
        }
        let name = names.bytes(at: UInt64(entry.name), count: UInt64(length)) ?? []
        if entry.kind == .label, Self.isMappingSymbol(name) { return }
        let underscores = name.prefix { $0 == UInt8(ascii: "_") }.count
        let rank = Rank.of(entry, source: source, underscores: underscores, nameBytes: length)
        let size = min(entry.size, end - entry.address, UInt64(UInt32.max - start))
        candidates.append(
            Candidate(
                order: UInt64(start) << 32 | rank,
                size: UInt32(truncatingIfNeeded: size),
                name: sourceNames + entry.name
            )
        )
    }

    private mutating func drop(_ reason: SymbolDrop) { drops[reason, default: 0] += 1 }

    /// Whether a label marks where code or data begins (AAELF64, 5.5.4).
    private static func isMappingSymbol(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.starts(with: "$x".utf8) || name.starts(with: "$d".utf8) else { return false }
        return name.count == 2 || name.dropFirst(2).first == UInt8(ascii: ".")
    }

    /// Sorts what was added, chooses one name for each function, and finds where each one ends.
    consuming func build() -> SymbolTable {
        candidates.sort { ($0.order, $0.name) < ($1.order, $1.name) }
        var rows = SymbolTableRows(
            base: base,
            code: code,
            capacity: candidates.count
        )
        var index = 0
        while index < candidates.count {
            let best = candidates[index]
            var longest = best
            var next = index + 1
            while next < candidates.count, candidates[next].start == best.start {
                if candidates[next].size > longest.size { longest = candidates[next] }
                next += 1
            }
            let following = next < candidates.count ? candidates[next].start : UInt32.max
            // A longer function of the same start has what the better name leaves over.
            if longest.size > best.size { rows.addSized(longest.start, longest.size, longest.name) }
            if best.isSized {
                rows.addSized(best.start, best.size, best.name)
            } else {
                let reach = best.isDynamic ? best.start : following
                rows.addUnsized(best.start, reachingTo: reach, best.name)
            }
            index = next
        }
        drops[.nestedTooDeep] = rows.nestedTooDeep == 0 ? nil : rows.nestedTooDeep
        let names = SymbolTableNames(bytes: nameBytes, starts: starts)
        nameBytes = []
        let (kept, moved) = names.keeping(rows.rows)
        return SymbolTable(base: base, rows: moved, names: kept, drops: drops)
    }
}
