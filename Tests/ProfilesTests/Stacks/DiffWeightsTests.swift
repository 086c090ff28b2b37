// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct DiffWeightsTests {
    @Test func addsEachSideUp() {
        var weights = DiffWeights(base: 1, new: 2)
        weights += DiffWeights(base: 10, new: 20)
        #expect(weights == DiffWeights(base: 11, new: 22))
    }

    @Test func staysAtTheLargestNumber() {
        var weights = DiffWeights(base: .max, new: .max - 1)
        weights += DiffWeights(base: 1, new: 1)
        #expect(weights == DiffWeights(base: .max, new: .max))
    }
}
