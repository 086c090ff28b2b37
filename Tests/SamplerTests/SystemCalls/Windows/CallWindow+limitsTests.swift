// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct CallWindowLimitsTests {
    @Test(
        "threads are held for what was granted and what the time earns, less a stop of each",
        arguments: [
            (0, 0, 0, true), (1_000_000, 0, 0, true), (1_000_001, 0, 0, false),
            (960_000, 2, 0, true), (960_001, 2, 0, false),
            (1_100_000, 0, 9_999_999, false), (1_100_000, 0, 10_000_000, true),
        ] as [(UInt64, Int, UInt64, Bool)]
    )
    func permits(held: UInt64, attached: Int, elapsed: UInt64, isPermitted: Bool) {
        let limits = CallWindow.Limits(
            nanoseconds: 0,
            heldNanoseconds: 1_000_000,
            heldShare: 0.01
        )
        let answer = limits.permits(
            heldNanoseconds: held,
            attachedCount: attached,
            elapsedNanoseconds: elapsed
        )
        #expect(answer == isPermitted)
    }

    @Test("threads in the kernel are left alone unless that is asked for")
    func kernel() {
        #expect(!CallWindow.Limits(nanoseconds: 0, heldNanoseconds: 0).visitsKernel)
    }
}
