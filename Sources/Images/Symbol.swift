// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The function that holds an address.
package struct Symbol: Hashable, Sendable {
    /// The name to show: in its language's own words, for mangled names that can be read.
    package let name: String
    /// The linker's name, without a version; `name@plt` for an entry of the linkage table.
    package let systemName: String
    /// How far into the function the address lies, in bytes.
    package let offsetInFunction: UInt64
    /// Where the function lies in its file; empty where its length is not known.
    package let addresses: Range<ImageAddress>

    /// - Parameter systemName: The linker's name, where it is another one.
    package init(
        name: String,
        systemName: String? = nil,
        offsetInFunction: UInt64,
        addresses: Range<ImageAddress>
    ) {
        self.name = name
        self.systemName = systemName ?? name
        self.offsetInFunction = offsetInFunction
        self.addresses = addresses
    }
}

/// What a file says about the function at one of its bytes.
package enum SymbolLookup: Hashable, Sendable {
    case symbol(Symbol)
    /// The file has no table of functions, or none that could be read.
    case noSymbols
    /// The file has functions, but none of them is there.
    case gap
    /// No segment of the file is mapped from there.
    case outsideSegments

    /// The symbol, if there is one.
    package var symbol: Symbol? {
        guard case .symbol(let symbol) = self else { return nil }
        return symbol
    }

    /// The stable name of this outcome, fit for a metric label.
    package var outcome: String {
        switch self {
        case .symbol: "symbol"
        case .noSymbols: "no_symbols"
        case .gap: "gap"
        case .outsideSegments: "outside_segments"
        }
    }
}
