// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct PerfMapRangesTests {
    private func parts(_ ranges: [Range<UInt64>]) -> [PerfMapRanges.Part] {
        PerfMapRanges.newestOnTop(ranges)
    }

    @Test func keepsRangesThatAreApart() {
        #expect(parts([]).isEmpty)
        #expect(
            parts([20..<30, 0..<10]) == [
                .init(addresses: 0..<10, index: 1), .init(addresses: 20..<30, index: 0),
            ]
        )
        #expect(parts([UInt64.max - 1..<UInt64.max]).count == 1)
    }

    @Test func laterRangesTakeThePlaceOfEarlierOnes() {
        #expect(parts([0..<10, 0..<10]) == [.init(addresses: 0..<10, index: 1)])
        #expect(
            parts([0..<30, 10..<20]) == [
                .init(addresses: 0..<10, index: 0), .init(addresses: 10..<20, index: 1),
                .init(addresses: 20..<30, index: 0),
            ]
        )
        #expect(parts([10..<20, 0..<30]) == [.init(addresses: 0..<30, index: 1)])
    }

    /// Every place is its newest range's.
    @Test func agreesWithLayingThemDownOneByOne() {
        var random = SeededGenerator(seed: 0x6d61_70)
        for _ in 0..<300 {
            let ranges = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                let start = UInt64.random(in: 0..<60, using: &random)
                return start..<(start + UInt64.random(in: 1...20, using: &random))
            }
            var owners = [Int](repeating: -1, count: 100)
            for (index, range) in ranges.enumerated() {
                for place in range { owners[Int(place)] = index }
            }
            var found = [Int](repeating: -1, count: 100)
            for part in parts(ranges) {
                for place in part.addresses { found[Int(place)] = part.index }
            }
            #expect(found == owners)
            let starts = parts(ranges).map(\.addresses.lowerBound)
            #expect(starts == starts.sorted())
        }
    }

    @Test func manyRangesOverEachOtherTakeNoLongerThanApart() {
        // Quadratic work would be ten thousand million steps.
        let nested = (UInt64(0)..<100_000).map { $0..<(400_000 - $0) }
        #expect(parts(nested).count == 199_999)
        #expect(parts(nested.reversed()).count == 1)
    }
}
