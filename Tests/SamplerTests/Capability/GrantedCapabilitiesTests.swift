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
            (effective: 0, permitted: 0, expected: 0),
            (effective: 0, permitted: trace, expected: trace),
            (effective: 0, permitted: trace | read, expected: trace | read),
            (effective: read, permitted: trace | read, expected: trace | read),
            (effective: 0, permitted: administer | trace, expected: trace),
            (effective: administer, permitted: administer, expected: administer),
        ]
    )
    func inForce(effective: UInt64, permitted: UInt64, expected: UInt64) {
        #expect(
            GrantedCapabilities.inForce(effective: effective, permitted: permitted) == expected
        )
    }
}
