// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension GoFunctionTable {
    /// The functions as entries of a symbol table (`Elf64_Sym`), for the bytes of `names`.
    var symbolEntries: [UInt8] {
        var entries: [UInt8] = []
        entries.reserveCapacity(count * SymbolEntry.byteCount)
        for index in 0..<count {
            guard let function = function(at: index) else { continue }
            SymbolEntry.append(
                localFunction: function.name,
                at: function.addresses.lowerBound,
                byteCount: function.addresses.upperBound - function.addresses.lowerBound,
                to: &entries
            )
        }
        return entries
    }
}
