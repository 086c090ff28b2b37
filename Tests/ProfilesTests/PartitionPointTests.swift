// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct PartitionPointTests {
    @Test(arguments: 0..<9)
    func countsTheElementsBefore(point: Int) {
        #expect((0..<8).partitionPoint { $0 < point } == point)
        #expect(Array(0..<8).partitionPoint { $0 < point } == point)
    }

    @Test func anEmptyCollectionEndsWhereItBegins() {
        #expect([Int]().partitionPoint { _ in true } == 0)
    }

    @Test func aSlicesIndicesAreItsOwn() {
        #expect([5, 6, 7, 8][2...].partitionPoint { $0 < 8 } == 3)
    }
}
