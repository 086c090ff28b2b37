// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Sorts ranges of which later ones have taken the place of earlier ones.
enum PerfMapRanges {
    /// A part of a range that no later one covers.
    struct Part: Equatable {
        let addresses: Range<UInt64>
        /// Which of the ranges it is a part of.
        let index: Int
    }

    /// What is left of each range, by address.
    ///
    /// Ranges are laid down from the newest to the oldest. Where one is laid already, a link leads
    /// to the next place that is free, so that each place is passed once.
    static func newestOnTop(_ ranges: [Range<UInt64>]) -> [Part] {
        var edges = ranges.flatMap { [$0.lowerBound, $0.upperBound] }
        edges.sort()
        edges = edges.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        var owner = [Int](repeating: -1, count: edges.count)
        var next = Array(0...edges.count)
        for index in ranges.indices.reversed() {
            let end = place(of: ranges[index].upperBound, in: edges)
            var place = free(from: place(of: ranges[index].lowerBound, in: edges), &next)
            while place < end {
                owner[place] = index
                next[place] = place + 1
                place = free(from: place + 1, &next)
            }
        }
        return join(edges, owner)
    }

    private static func join(_ edges: [UInt64], _ owner: [Int]) -> [Part] {
        var parts: [Part] = []
        for place in owner.indices.dropLast() where owner[place] >= 0 {
            var start = edges[place]
            if let last = parts.last, last.index == owner[place],
                last.addresses.upperBound == start
            {
                start = last.addresses.lowerBound
                parts.removeLast()
            }
            parts.append(Part(addresses: start..<edges[place + 1], index: owner[place]))
        }
        return parts
    }

    /// The first free place at or behind a place; shortens the way that it took.
    private static func free(from place: Int, _ next: inout [Int]) -> Int {
        var found = place
        while next[found] != found { found = next[found] }
        var passed = place
        while next[passed] != passed {
            let following = next[passed]
            next[passed] = found
            passed = following
        }
        return found
    }

    private static func place(of address: UInt64, in edges: [UInt64]) -> Int {
        edges.partitionPoint { $0 < address }
    }
}
