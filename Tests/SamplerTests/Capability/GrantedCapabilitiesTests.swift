// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite
struct GrantedCapabilitiesTests {
    private static let trace: UInt64 = 1 << 19
    private static let read: UInt64 = 1 << 2
    private static let administer: UInt64 = 1 << 21

    @Test(
        "Of what is permitted the two that are needed are put in force, and nothing is taken away",
        arguments: [
            (0, 0, 0),
            (0, trace, trace),
            (0, trace | read, trace | read),
            (read, trace | read, trace | read),
            (0, administer | trace, trace),
            (administer, administer, administer),
        ] as [(UInt64, UInt64, UInt64)]
    )
    func inForce(effective: UInt64, permitted: UInt64, expected: UInt64) {
        #expect(
            GrantedCapabilities.inForce(effective: effective, permitted: permitted) == expected
        )
    }
}
