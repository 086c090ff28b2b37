// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct SamplerCountersTests {
    /// Each counter of a value, in a fixed order.
    private func all(_ counters: SamplerCounters) -> [UInt64] {
        [
            counters.ticks, counters.attachAttempts, counters.missedTicks.total,
            counters.attachFailures.total, counters.droppedSamples.total, counters.repairs.total,
            counters.shortTransfers.total, counters.parked.total, counters.verifications.total,
            counters.withheld.total,
        ]
    }

    @Test func mergeAddsEveryCounter() {
        var counters = SamplerCounters()
        #expect(all(counters).allSatisfy { $0 == 0 })
        counters.ticks = 1
        counters.attachAttempts = 2
        counters.missedTicks.increment(.overrun, by: 3)
        counters.attachFailures.increment(.yama, by: 4)
        counters.droppedSamples.increment(.timeout, by: 5)
        counters.repairs.increment(.notListed, by: 6)
        counters.shortTransfers.increment(.copy, by: 7)
        counters.parked.increment(.dying, by: 8)
        counters.verifications.increment(.asFound, by: 9)
        counters.withheld.increment(.tooNew, by: 10)
        #expect(all(counters) == Array(1...10))
        counters.merge(counters)
        #expect(all(counters) == (1...10).map { $0 * 2 })
    }
}
