// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Which symbol each place of the global offset table is for (`Elf64_Rela`; x86-64 psABI, 4.4).
struct LinkageRelocations {
    /// The length of one relocation in bytes.
    static let entryBytes = 24

    /// Symbols of `.rela.plt`, in its order; 0 where a relocation has none.
    private(set) var symbols: [UInt32] = []
    private var symbolOfSlot: [UInt64: UInt32] = [:]

    /// Reads relocations.
    ///
    /// - Parameters:
    ///   - linkage: The bytes of `.rela.plt`.
    ///   - dynamic: The bytes of `.rela.dyn`, where functions are whose address is also taken.
    init(linkage: [UInt8], dynamic: [UInt8]) {
        Self.read(linkage) { slot, symbol, type in
            symbols.append(symbol)
            // R_X86_64_JUMP_SLOT
            if type == 7 { symbolOfSlot[slot] = symbol }
        }
        Self.read(dynamic) { slot, symbol, type in
            // R_X86_64_GLOB_DAT
            if type == 6 { symbolOfSlot[slot] = symbol }
        }
    }

    /// The number in `.dynsym` of the symbol that an entry is for.
    func symbol(of target: LinkageStub.Target) -> UInt32? {
        let symbol: UInt32? =
            switch target {
            case .slot(let address): symbolOfSlot[address]
            case .relocation(let number):
                Int(number) < symbols.count ? symbols[Int(number)] : nil
            }
        return symbol == 0 ? nil : symbol
    }

    private static func read(_ bytes: [UInt8], _ take: (UInt64, UInt32, UInt32) -> Void) {
        let reader = ByteReader(bytes)
        for start in stride(from: UInt64(0), to: reader.count, by: entryBytes) {
            guard let slot = reader.uint64(at: start), let type = reader.uint32(at: start + 8),
                let symbol = reader.uint32(at: start + 12)
            else { return }
            take(slot, symbol, type)
        }
    }
}
