// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct CompressionRatioTests {
    @Test func boundsTheGrowthButNotOfShortBytes() {
        #expect(CompressionRatio.admits(64 << 10, from: 0))
        #expect(!CompressionRatio.admits((64 << 10) + 1, from: 0))
        #expect(CompressionRatio.admits(256 * 1000 + (64 << 10), from: 1000))
        #expect(!CompressionRatio.admits(256 * 1000 + (64 << 10) + 1, from: 1000))
        #expect(CompressionRatio.most(from: UInt64.max) == UInt64.max)
    }
}
