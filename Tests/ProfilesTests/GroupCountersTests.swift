// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct GroupCountersTests {
    private let rate = SamplingRate(hertz: 19)

    @Test func functionSecondsAddUpToTheGroupsRunTime() {
        var generator = SplitMix64(seed: 5)
        var counters = GroupCounters(warmUpNanoseconds: 0)
        var window = CPUWindow<FunctionKey>()
        var run = 0.0
        var samples: UInt64 = 0
        for _ in 0..<500 {
            for _ in 0..<Int.random(in: 0...20, using: &generator) {
                let number = Int.random(in: 0..<100, using: &generator)
                window.add(FunctionKey(symbol: "f\(number)", object: "app"), rate: rate)
                samples += 1
            }
            let seconds = Double.random(in: 0...10, using: &generator)
            window.addQueued()
            window.addKernel(seconds: seconds / 3)
            counters.add(window.close(runSeconds: seconds))
            counters.addUnsampled(nanoseconds: 500_000_000)
            run += seconds + 0.5
        }
        // One ranking: a second could exchange a slot, whose seconds would vanish with it.
        counters.rank(nowNanoseconds: 0)
        let series = counters.functions.series
        #expect(abs(series.reduce(0) { $0 + $1.amount.seconds } - run) < 1e-6)
        #expect(series.reduce(0) { $0 + $1.amount.samples } == samples)
        #expect(abs(counters.sampledSeconds - Double(samples) / 19) < 1e-6)
        #expect(series.count == GroupCounters.functionSlots + 4)
        #expect(series.prefix(3).map(\.key) == [.kernel, .unknown, .unsampled])
        #expect(series.last?.key == .other)
        #expect(counters.samples.entries.map(\.count) == [samples, 0, 500])
    }

    @Test func syscallsAreRankedBySamples() {
        var counters = GroupCounters(warmUpNanoseconds: 0)
        for number in 1...20 { counters.addSyscall("c\(number)", samples: UInt64(number)) }
        counters.rank(nowNanoseconds: 0)
        #expect(
            Set(counters.syscalls.series.map(\.key))
                == Set((13...20).map { "c\($0)" } + ["other"])
        )
        #expect(counters.syscalls.otherAmount.samples == 78)
        #expect(counters.syscalls.overflows == 12)
    }

    @Test func pausesOnlyGrow() {
        var counters = GroupCounters()
        counters.addPause(seconds: 0.5)
        for wrong in [-1, Double.nan, .infinity] { counters.addPause(seconds: wrong) }
        #expect(counters.pauseSeconds == 0.5)
        counters.addOffCPU(samples: 3)
        #expect(counters.samples[.offCPU] == 3)
    }

    @Test func waitsBeyondTheirPlacesAreOther() {
        var counters = GroupCounters(warmUpNanoseconds: 0)
        for index in 0..<GroupCounters.waitSlots + 3 {
            let function = FunctionKey(symbol: "f\(index)", object: "app")
            counters.addWait(WaitKey(call: "poll", function: function), seconds: 1)
        }
        counters.rank(nowNanoseconds: 1)
        let series = counters.waits.series
        #expect(series.count == GroupCounters.waitSlots + 1)
        #expect(series.last?.key == .other)
        #expect(series.last?.amount.seconds == 3)
        #expect(counters.overflows.waits == 3)
    }

    @Test func inclusiveSamplesAreApartFromThoseAtTheTop() {
        var counters = GroupCounters(warmUpNanoseconds: 0)
        let main = FunctionKey(symbol: "main", object: "app")
        counters.addInclusive(main, samples: 5)
        counters.rank(nowNanoseconds: 1)
        #expect(counters.inclusive.series.first?.amount == SeriesAmount(samples: 5))
        #expect(counters.functions.series.allSatisfy { $0.amount.isZero })
    }

    @Test("calls and failures of windows are counted by name, the rest as other")
    func calls() {
        var counters = GroupCounters(warmUpNanoseconds: 0)
        for index in 0..<GroupCounters.syscallSlots + 2 {
            counters.addCalls("call\(index)", 10, failures: index == 0 ? 4 : 0)
        }
        counters.addObserved(seconds: 1.5)
        counters.addObserved(seconds: -1)
        counters.rank(nowNanoseconds: 1)
        #expect(counters.calls.series.count == GroupCounters.syscallSlots + 1)
        #expect(counters.calls.otherAmount == SeriesAmount(samples: 20))
        #expect(counters.failedCalls.series.first?.key == "call0")
        #expect(counters.failedCalls.series.first?.amount == SeriesAmount(samples: 4))
        #expect(counters.observedSeconds == 1.5)
        #expect(counters.overflows.systemCalls == 2)
    }
}
