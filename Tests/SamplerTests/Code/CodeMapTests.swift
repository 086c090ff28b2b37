// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct CodeMapTests {
    @Test(
        arguments: [
            (0xfff, nil), (0x1000, 0x1000), (0x1fff, 0x1000), (0x2000, nil), (0x3000, 0x3000),
            (0x4000, 0x4000), (0x4fff, 0x4000), (0x5000, nil), (0, nil), (UInt64.max, nil),
        ] as [(UInt64, UInt64?)]
    )
    func findsTheRegionOfAnAddress(address: UInt64, start: UInt64?) {
        let map = anonymousMap([0x1000..<0x2000, 0x3000..<0x4000, 0x4000..<0x5000])
        #expect(map.region(of: address)?.mapping.start.rawValue == start)
    }

    @Test func hasNoRegionWithoutMappings() {
        #expect(anonymousMap([]).region(of: 0x1000) == nil)
    }
}
