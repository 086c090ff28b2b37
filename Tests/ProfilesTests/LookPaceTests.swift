// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct LookPaceTests {
    private static let tickNanoseconds: UInt64 = 1_000_000

    @Test func looksAtANewThreadAtOnceAndSoonAgain() {
        var generator = SplitMix64(seed: 1)
        var pace = LookPace()
        #expect(pace.nextTick == 0)
        #expect(pace.blockTicks == 1)
        pace.note(runNanoseconds: 0, elapsedNanoseconds: 0)
        pace.plan(tick: 7, isRunning: false, longestTicks: 250, using: &generator)
        #expect(pace.blockTicks == 4)
        #expect((8...11).contains(pace.nextTick))
    }

    @Test(arguments: [
        // Run time per 1,000 ns, and how many ticks a look stands for.
        (1_000, 1), (100, 1), (21, 1), (4, 5), (2, 10), (0, 50),
    ])
    func followsTheUseOfTheCPU(run: UInt64, ticks: UInt64) {
        var generator = SplitMix64(seed: 1)
        var pace = LookPace()
        for _ in 0..<20_000 {
            pace.note(runNanoseconds: run * 1_000, elapsedNanoseconds: 1_000_000)
        }
        pace.plan(tick: 0, isRunning: false, longestTicks: 50, using: &generator)
        // The memory fades by whole looks: a thousandth.
        #expect(pace.blockTicks == ticks || pace.blockTicks + 1 == ticks)
    }

    @Test func looksAtEachTickWhileItRuns() {
        var generator = SplitMix64(seed: 1)
        var pace = LookPace()
        pace.note(runNanoseconds: 0, elapsedNanoseconds: 60_000_000_000)
        pace.plan(tick: 3, isRunning: true, longestTicks: 50, using: &generator)
        #expect(pace.nextTick == 4)
        pace.plan(tick: 4, isRunning: true, longestTicks: 50, using: &generator)
        #expect(pace.nextTick == 5)
    }

    @Test func putsALookOffToTheNextTick() {
        var pace = LookPace()
        pace.putOff(tick: 9)
        #expect(pace.nextTick == 10)
        #expect(pace.blockTicks == 1)
    }

    /// A thread that runs in a fixed part of each cycle, of so few ticks that looks are rare.
    @Test(arguments: [(cycle: 100, runs: 1), (cycle: 97, runs: 3), (cycle: 400, runs: 5)])
    func weighsWhatItFindsWithoutBias(cycle: UInt64, runs: UInt64) {
        var generator = SplitMix64(seed: 11)
        var pace = LookPace()
        var before: UInt64 = 0
        var looks = 0
        var weights: [Double] = []
        let ticks: UInt64 = 400_000
        // It uses a hundredth of a tick of CPU time in each tick in which it runs.
        let nanoseconds = Self.tickNanoseconds / 100
        func used(_ tick: UInt64) -> UInt64 {
            (tick / cycle * runs + min(tick % cycle, runs)) * nanoseconds
        }
        for tick in 1...ticks where pace.nextTick <= tick {
            looks += 1
            let isRunning = tick % cycle < runs
            pace.note(
                runNanoseconds: used(tick) - used(before),
                elapsedNanoseconds: (tick - before) * Self.tickNanoseconds
            )
            before = tick
            if isRunning { weights.append(Double(pace.blockTicks)) }
            pace.plan(tick: tick, isRunning: isRunning, longestTicks: 25, using: &generator)
        }
        let found = weights.reduce(0, +)
        let expected = Double(ticks) / Double(cycle) * Double(runs)
        let variance = weights.reduce(0) { $0 + $1 * $1 }
        #expect(abs(found - expected) < 4 * variance.squareRoot(), "\(found) of \(expected)")
        #expect(looks < Int(ticks) / 5)
    }
}
