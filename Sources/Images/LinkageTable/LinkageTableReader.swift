// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Makes names for the entries of a file's procedure linkage tables: `puts@plt`.
///
/// Without them a sample there would be in a gap, or in whatever the assembler labelled last.
enum LinkageTableReader {
    /// The most bytes of one section that are looked at, and the most bytes of names.
    ///
    /// Names are copied here, each once: a file can have many symbols share one long string.
    static let byteLimit: UInt64 = 4 << 20

    /// What is put behind each name, and the zero byte that ends it.
    private static let suffixBytes = UInt64(SymbolName.linkageSuffix.utf8.count + 1)

    /// A symbol table (`Elf64_Sym`) and its strings, made up.
    struct Stubs {
        var entries: [UInt8] = []
        var names: [UInt8] = []
    }

    /// The entries of a file for x86-64.
    ///
    /// - Parameter limit: The most bytes of relocations and symbols that are read.
    static func read(
        from source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders,
        limit: UInt64
    ) throws(ImageFailure) -> Stubs {
        var found: [LinkageStub] = []
        for name in [".plt", ".plt.sec", ".plt.got"] {
            guard let section = headers.names.section(named: name), section.isCode else { continue }
            let code = try SectionContents.read(
                section,
                from: source,
                limit: min(limit, byteLimit)
            )
            found += LinkageStub.all(in: code, at: section.address.rawValue)
        }
        guard !found.isEmpty, let symbols = headers.sections.first(ofType: 11),
            let strings = headers.sections.linked(from: symbols)
        else { return Stubs() }
        let relocations = LinkageRelocations(
            linkage: try contents(".rela.plt", source, headers, limit),
            dynamic: try contents(".rela.dyn", source, headers, limit)
        )
        return name(
            found,
            relocations,
            symbols: ByteReader(try SectionContents.read(symbols, from: source, limit: limit)),
            names: ByteReader(try SectionContents.read(strings, from: source, limit: limit))
        )
    }

    private static func contents(
        _ name: String,
        _ source: borrowing some ImageSource & ~Copyable,
        _ headers: ImageHeaders,
        _ limit: UInt64
    ) throws(ImageFailure) -> [UInt8] {
        guard let section = headers.names.section(named: name) else { return [] }
        return try SectionContents.read(section, from: source, limit: limit)
    }

    /// Gives each entry its symbol's name; entries beyond the limit get none.
    static func name(
        _ stubs: [LinkageStub],
        _ relocations: LinkageRelocations,
        symbols: ByteReader,
        names: ByteReader
    ) -> Stubs {
        var made = Stubs()
        var places: [UInt32: UInt32] = [:]
        for stub in stubs {
            guard let symbol = relocations.symbol(of: stub.target) else { continue }
            var place = places[symbol]
            if place == nil, let name = name(of: symbol, symbols, names),
                UInt64(made.names.count + name.count) <= byteLimit - suffixBytes
            {
                place = UInt32(made.names.count)
                made.names += name
                made.names += SymbolName.linkageSuffix.utf8
                made.names.append(0)
                places[symbol] = place
            }
            guard let place else { continue }
            SymbolEntry.append(
                localFunction: place,
                at: stub.address,
                byteCount: LinkageStub.bytes,
                to: &made.entries
            )
        }
        return made
    }

    private static func name(
        of symbol: UInt32,
        _ symbols: ByteReader,
        _ names: ByteReader
    ) -> ArraySlice<UInt8>? {
        let limit = SymbolTable.nameBytesLimit - SymbolName.linkageSuffix.utf8.count
        guard let start = symbols.uint32(at: UInt64(symbol) * UInt64(SymbolEntry.byteCount)),
            case .length(let length) = names.stringLength(at: UInt64(start), limit: limit),
            length > 0
        else { return nil }
        return names.bytes(at: UInt64(start), count: UInt64(length))
    }
}
