// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct CPUWindowTests {
    private static func key(_ number: Int) -> FunctionKey {
        FunctionKey(symbol: "f\(number)", object: "app")
    }

    private let rate = SamplingRate(hertz: 19)

    @Test func secondsAddUpToTheRunTimeForAnyInput() throws {
        var generator = SplitMix64(seed: 1)
        var window = CPUWindow<FunctionKey>()
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...400, using: &generator)
            for _ in 0..<count {
                let hertz = Double.random(in: 0.01...999, using: &generator)
                let number = Int.random(in: 0..<300, using: &generator)
                window.add(Self.key(number), rate: SamplingRate(hertz: hertz))
            }
            let exponent = Int.random(in: -30...20, using: &generator)
            let run = Double.random(in: 0...1, using: &generator).scaled(exponent)
            if Bool.random(using: &generator) {
                window.addKernel(seconds: run * Double.random(in: 0...1.5, using: &generator))
            }
            let closed = window.close(runSeconds: run)
            let sum = closed.shares.reduce(0) { $0 + $1.seconds }
            try #require(abs(sum - run) <= run.ulp)
            try #require(closed.shares.allSatisfy { $0.seconds >= 0 })
            try #require(closed.shares.reduce(0) { $0 + $1.samples } == closed.samples)
            try #require(closed.samples == UInt64(count))
        }
    }

    @Test func keepsAsManyApartAsItIsAskedTo() {
        var window = CPUWindow<FunctionKey>(keyLimit: 1_000)
        for number in 0..<1_001 { window.add(Self.key(number), rate: rate) }
        let closed = window.close(runSeconds: 1)
        #expect(closed.overflows == 1)
        #expect(closed.shares.count == 1_001)
    }

    @Test func sampleWeighsOneOverItsRate() {
        var window = CPUWindow<FunctionKey>()
        window.add(Self.key(1), rate: SamplingRate(hertz: 10))
        window.add(Self.key(2), rate: SamplingRate(hertz: 40))
        let seconds = Dictionary(
            uniqueKeysWithValues: window.close(runSeconds: 5).shares.map { ($0.key, $0.seconds) }
        )
        #expect(seconds == [Self.key(1): 4, Self.key(2): 1])
    }

    @Test func withoutASampleTimeIsUnsampled() {
        var window = CPUWindow<FunctionKey>()
        #expect(
            window.close(runSeconds: 2).shares
                == [WindowShare<FunctionKey>(key: .unsampled, seconds: 2, samples: 0)]
        )
        #expect(window.close(runSeconds: 0).shares.isEmpty)
    }

    @Test func kernelTimeComesFirstAndIsExact() {
        var window = CPUWindow<FunctionKey>()
        window.addKernel(seconds: 0.75)
        window.add(Self.key(1), rate: rate)
        #expect(
            window.close(runSeconds: 1).shares == [
                WindowShare<FunctionKey>(key: .kernel, seconds: 0.75, samples: 0),
                WindowShare<FunctionKey>(key: Self.key(1), seconds: 0.25, samples: 1),
            ]
        )
        window.addKernel(seconds: 0.5)
        #expect(window.close(runSeconds: 2).shares.map(\.key) == [.kernel, .unsampled])
    }

    @Test func kernelTimeIsCutToTheRunTime() {
        var window = CPUWindow<FunctionKey>()
        window.addKernel(seconds: 3)
        window.addKernel(seconds: -1)
        window.addKernel(seconds: .nan)
        #expect(
            window.close(runSeconds: 1).shares
                == [WindowShare<FunctionKey>(key: .kernel, seconds: 1, samples: 0)]
        )
    }

    @Test(arguments: [0, -1, Double.nan, .infinity])
    func samplesAreCountedEvenWithoutRunTime(run: Double) {
        var window = CPUWindow<FunctionKey>()
        window.add(Self.key(1), rate: rate)
        #expect(
            window.close(runSeconds: run).shares
                == [WindowShare<FunctionKey>(key: Self.key(1), seconds: 0, samples: 1)]
        )
    }

    @Test func distinctFunctionsAreBounded() {
        var window = CPUWindow<FunctionKey>()
        for number in 0..<(CPUWindow<FunctionKey>.usualKeyLimit + 10) {
            window.add(Self.key(number), rate: rate)
        }
        window.add(Self.key(0), rate: rate)
        window.add(.other, rate: rate)
        let closed = window.close(runSeconds: 1)
        #expect(closed.shares.count == CPUWindow<FunctionKey>.usualKeyLimit + 1)
        #expect(closed.overflows == 10)
        #expect(closed.shares.first { $0.key == .other }?.samples == 11)
    }

    @Test func queuedSamplesAreNotCPUTime() {
        var window = CPUWindow<FunctionKey>()
        window.addQueued()
        let closed = window.close(runSeconds: 1)
        #expect(closed.queuedSamples == 1)
        #expect(closed.samples == 0)
        #expect(closed.shares.map(\.key) == [.unsampled])
    }

    @Test func closingBeginsAnew() {
        var window = CPUWindow<FunctionKey>()
        for number in 0..<300 { window.add(Self.key(number), rate: rate) }
        window.addKernel(seconds: 1)
        window.addQueued()
        _ = window.close(runSeconds: 2)
        let next = window.close(runSeconds: 1)
        #expect(next.shares == [WindowShare<FunctionKey>(key: .unsampled, seconds: 1, samples: 0)])
        #expect(next.samples == 0 && next.queuedSamples == 0 && next.overflows == 0)
    }
}

extension Double {
    fileprivate func scaled(_ exponent: Int) -> Double {
        self * Double(sign: .plus, exponent: exponent, significand: 1)
    }
}
