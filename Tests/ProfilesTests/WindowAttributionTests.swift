// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct WindowAttributionTests {
    /// A thread in bursts, whose first fifth is `f`, sampled at 2 Hz while idle and 19 Hz while
    /// busy.
    private struct Burst {
        let start: UInt64
        let end: UInt64

        func contains(_ instant: UInt64) -> Bool { start <= instant && instant < end }
        func isInF(_ instant: UInt64) -> Bool { instant - start < (end - start) / 5 }
        func run(until instant: UInt64) -> UInt64 { min(max(instant, start), end) - start }
    }

    /// The share of `f` under window weights, and if each sample takes the time since the last.
    private static func simulate(seed: UInt64) -> (weighted: Double, sinceLast: Double) {
        var generator = SplitMix64(seed: seed)
        let seconds: UInt64 = 40_000
        var bursts: [Burst] = []
        var end: UInt64 = 0
        while end < (seconds + 10) * 1_000_000_000 {
            let start = end + UInt64.random(in: 0..<6_000_000_000, using: &generator)
            end = start + UInt64.random(in: 500_000_000..<2_500_000_000, using: &generator)
            bursts.append(Burst(start: start, end: end))
        }
        let inF = FunctionKey(symbol: "f", object: "app")
        let busy = SamplingRate(hertz: 19)
        let idle = SamplingRate(hertz: 2)
        var schedule = SamplingSchedule(rate: idle, startNanoseconds: 0, seed: seed)
        var window = CPUWindow<FunctionKey>()
        var position = 0
        var finished: UInt64 = 0
        var now: UInt64 = 0
        var windowEnd: UInt64 = 10_000_000_000
        var lastRun: UInt64 = 0
        var windowRun: UInt64 = 0
        var totals: (f: Double, all: Double) = (0, 0)
        var naive: (f: Double, all: Double) = (0, 0)
        func run(at instant: UInt64) -> UInt64 {
            while bursts[position].end <= instant {
                finished += bursts[position].end - bursts[position].start
                position += 1
            }
            return finished + bursts[position].run(until: instant)
        }
        while now < seconds * 1_000_000_000 {
            let tick = schedule.next(afterNanoseconds: now)
            while tick.nanoseconds >= windowEnd {
                let ran = run(at: windowEnd)
                for share in window.close(runSeconds: Double(ran - windowRun) / 1e9).shares
                where share.key != .unsampled {
                    totals.all += share.seconds
                    if share.key == inF { totals.f += share.seconds }
                }
                windowRun = ran
                windowEnd += 10_000_000_000
            }
            now = tick.nanoseconds
            let ran = run(at: now)
            let burst = bursts[position]
            guard burst.contains(now) else {
                schedule.rate = idle
                continue
            }
            schedule.rate = busy
            let isF = burst.isInF(now)
            window.add(isF ? inF : FunctionKey(symbol: "g", object: "app"), rate: tick.rate)
            naive.all += Double(ran - lastRun)
            if isF { naive.f += Double(ran - lastRun) }
            lastRun = ran
        }
        return (totals.f / totals.all, naive.f / naive.all)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func rateThatFollowsActivityDoesNotBiasTheSplit(seed: UInt64) {
        let split = Self.simulate(seed: seed)
        #expect(0.19 < split.weighted && split.weighted < 0.21)
        // The method not chosen; were it right as well, this simulation would show nothing.
        #expect(split.sinceLast < 0.15)
    }
}
