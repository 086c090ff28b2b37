// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// What of a process is code, and how to unwind it: its mappings by address, each with its file.
struct CodeMap {
    /// By rising address.
    let regions: [MappedCode]
    /// When it was made.
    let readAt: MonotonicInstant

    /// Where each region ends, side by side: the search for one is a good part of a frame's cost.
    private let ends: [UInt64]

    init(regions: [MappedCode], readAt: MonotonicInstant) {
        self.regions = regions
        ends = regions.map(\.mapping.end.rawValue)
        self.readAt = readAt
    }

    /// The region that holds an address; nil if that is no code.
    func region(of address: UInt64) -> MappedCode? { index(of: address).map { regions[$0] } }

    /// The place of the region that holds an address; nil if that is no code.
    func index(of address: UInt64) -> Int? {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= address { low = middle + 1 } else { high = middle }
        }
        guard low < regions.count, regions[low].mapping.start.rawValue <= address else {
            return nil
        }
        return low
    }
}
