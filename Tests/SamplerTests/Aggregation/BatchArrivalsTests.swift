// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct BatchArrivalsTests {
    private actor Holder {
        var arrivals = BatchArrivals()
        private(set) var waiting = 0

        func wait(_ nanoseconds: UInt64) async {
            await withCheckedContinuation {
                waiting += 1
                arrivals.wait(for: MonotonicInstant(nanoseconds: nanoseconds), $0)
            }
        }

        func arrive(_ nanoseconds: UInt64) {
            arrivals.arrive(MonotonicInstant(nanoseconds: nanoseconds))
        }

        func end() { arrivals.end() }

        func haveReached(_ nanoseconds: UInt64) -> Bool {
            arrivals.haveReached(MonotonicInstant(nanoseconds: nanoseconds))
        }
    }

    @Test func whoeverWaitsForAnEarlierInstantGoesOn() async {
        let holder = Holder()
        await holder.arrive(5)
        #expect(await holder.haveReached(5))
        #expect(await !holder.haveReached(6))
        await holder.wait(5)
        async let first: Void = holder.wait(6)
        async let second: Void = holder.wait(9)
        while await holder.waiting < 3 { await Task.yield() }
        await holder.arrive(7)
        await first
        #expect(await !holder.haveReached(9))
        await holder.end()
        await second
        await holder.wait(1_000)
    }
}
