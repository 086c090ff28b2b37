// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What the dynamic linker goes by (System V ABI, chapter 5, "Dynamic Section"; `Elf64_Dyn`).
///
/// It leads to the symbols of an image whose section headers are not to be had, as in memory.
struct DynamicTable {
    /// The most entries that are read.
    static let entryLimit: UInt64 = 1024

    /// Where the symbols begin (`DT_SYMTAB`).
    private(set) var symbols: UInt64?
    /// Where their names begin (`DT_STRTAB`).
    private(set) var names: UInt64?
    /// How many bytes the names take (`DT_STRSZ`).
    private(set) var nameBytes: UInt64?
    /// Where a hash table of the symbols begins (`DT_HASH`).
    private(set) var hash: UInt64?
    /// Where the GNU hash table of the symbols begins (`DT_GNU_HASH`).
    private(set) var gnuHash: UInt64?

    /// Reads the entries up to the one that ends them.
    init(parsing bytes: [UInt8]) {
        let reader = ByteReader(bytes)
        for index in 0..<Self.entryLimit {
            guard let tag = reader.uint64(at: index * 16),
                let value = reader.uint64(at: index * 16 + 8), tag != 0
            else { return }
            switch tag {
            case 4: hash = value
            case 5: names = value
            case 6: symbols = value
            case 10: nameBytes = value
            case 0x6fff_fef5: gnuHash = value
            default: break
            }
        }
    }

    /// Where the table lies by the file's own addresses, by its program header (`PT_DYNAMIC`).
    static func extent(inProgramHeaders bytes: [UInt8]) -> Range<UInt64>? {
        let reader = ByteReader(bytes)
        for start in stride(from: UInt64(0), to: reader.count, by: ProgramHeaders.entryBytes)
        where reader.uint32(at: start) == 2 {
            guard let address = reader.uint64(at: start + 16),
                let count = reader.uint64(at: start + 40)
            else { return nil }
            let (end, overflow) = address.addingReportingOverflow(min(count, entryLimit * 16))
            return overflow ? nil : address..<end
        }
        return nil
    }

    /// How many symbols a hash table of `DT_HASH` has: one chain for each.
    static func symbolCount(ofHash reader: ByteReader, at offset: UInt64) -> UInt64? {
        reader.uint32(at: offset &+ 4).map(UInt64.init)
    }

    /// How many symbols a hash table of `DT_GNU_HASH` leads to.
    ///
    /// The last bucket's chain ends with the last symbol; a bit marks where chains end.
    static func symbolCount(ofGNUHash reader: ByteReader, at offset: UInt64) -> UInt64? {
        guard let buckets = reader.uint32(at: offset).map(UInt64.init),
            let first = reader.uint32(at: offset &+ 4).map(UInt64.init),
            let filterWords = reader.uint32(at: offset &+ 8).map(UInt64.init)
        else { return nil }
        // Sums of products of 32-bit numbers with small ones: only the offset can wrap.
        let start = offset &+ 16 &+ filterWords * 8
        var last: UInt64 = 0
        for index in 0..<buckets {
            guard let symbol = reader.uint32(at: start &+ index * 4) else { return nil }
            last = max(last, UInt64(symbol))
        }
        guard last >= first else { return first }
        let chains = start &+ buckets * 4
        while let hash = reader.uint32(at: chains &+ (last - first) * 4) {
            last += 1
            if hash & 1 != 0 { return last }
        }
        return nil
    }
}
