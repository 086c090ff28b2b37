// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct TracerPulseTests {
    private func second(_ number: UInt64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: number * 1_000_000_000)
    }

    @Test func isNotAliveBeforeItsFirstTick() {
        let pulse = TracerPulse()
        pulse.expect(second(100))
        #expect(pulse.lastTick == nil)
        #expect(!pulse.isAlive(now: second(1), patienceNanoseconds: 5_000_000_000))
    }

    @Test(arguments: [
        // The latest tick, the next one, now, and whether it is alive.
        (10, 11, 11, true), (10, 11, 16, true), (10, 11, 17, false), (10, 70, 75, true),
        (10, 70, 76, false), (10, 0, 15, true), (10, 0, 16, false),
    ])
    func isAliveUntilATickIsOverdue(latest: UInt64, next: UInt64, now: UInt64, isAlive: Bool) {
        let pulse = TracerPulse()
        pulse.beat(second(latest))
        pulse.expect(second(next))
        #expect(pulse.lastTick == second(latest))
        #expect(pulse.isAlive(now: second(now), patienceNanoseconds: 5_000_000_000) == isAlive)
    }
}
