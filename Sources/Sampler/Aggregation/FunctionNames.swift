// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Names functions as metrics do: by symbol and by the name of the file.
///
/// Confined to the actor that owns it: it reads files, which can block. What it has named it leaves
/// with the mapping, so that it is forgotten with that.
struct FunctionNames {
    private(set) var counts = NameCounts()

    /// The function of a frame of the latest stack, as far as it can be told.
    mutating func function(of frame: RawFrame, in stacks: StackReader) -> FunctionKey {
        guard let region = stacks.region(of: frame) else { return unknown("unmapped") }
        if let known = region.names[frame.address] { return known }
        if stacks.maps.isContested(region) { return unknown("contested") }
        counts.lookups += 1
        let object = region.mapping.objectName
        if region.mapping.backing == .anonymous {
            // A compiler adds to its functions and moves them, so they are not remembered.
            let function = stacks.compiled.function(at: frame.address, of: region.process)
            if function == nil { fail("anonymous") }
            return FunctionKey(symbol: function?.name ?? "", object: object)
        }
        let name = FunctionKey(symbol: symbol(frame.address, region), object: object)
        region.remember(name, at: frame.address)
        return name
    }

    /// The function of a stack of which nothing is known.
    mutating func unknownProcess() -> FunctionKey { unknown("maps_unreadable") }

    private mutating func symbol(_ address: UInt64, _ region: MappedCode) -> String {
        guard let image = region.image else {
            if let failure = region.failure { fail(failure.reason) }
            return ""
        }
        let lookup = image.symbol(at: region.imageAddress(of: address))
        if lookup.symbol == nil { fail(lookup.outcome) }
        return lookup.symbol?.name ?? ""
    }

    private mutating func unknown(_ reason: String) -> FunctionKey {
        counts.lookups += 1
        fail(reason)
        return .unknown
    }

    private mutating func fail(_ reason: String) { counts.failures[reason, default: 0] += 1 }
}

/// What became of look-ups of functions.
package struct NameCounts: Sendable {
    package var lookups: UInt64 = 0
    /// By `SymbolLookup.outcome`, `ImageFailure.reason`, or why no file could be asked.
    package var failures: [String: UInt64] = [:]
}
