// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite("CallWindowService")
struct CallWindowServiceTests {
    @Test(
        "windows use half of the agent's CPU time at most, and one a second at most",
        arguments: [
            (0, 0.01, 1_000_000_000), (50_000_000, 0.01, 10_000_000_000),
            (50_000_000, 1, 1_000_000_000), (50_000_000, 0, .max),
            (.max, 1e-9, 3_600_000_000_000),
        ] as [(UInt64, Double, UInt64)]
    )
    func delays(window: UInt64, agentSeconds: Double, delay: UInt64) {
        let turn = WindowTurn(
            process: ProcessID(1),
            heldNanoseconds: 1,
            agentSecondsPerSecond: agentSeconds
        )
        #expect(CallWindowService.delayNanoseconds(after: window, turn) == delay)
    }
}
