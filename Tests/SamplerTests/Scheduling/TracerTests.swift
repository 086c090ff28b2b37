// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// The whole loop on real children, at a high rate so that it does not take long.
@Suite(.serialized) struct TracerTests {
    private static let spinner = ["sh", "-c", "while :; do :; done"]

    private func bench() throws -> TracerBench {
        try TracerBench(TracerBench.configuration(hertz: 499, seed: 7))
    }

    @Test func samplesWhatRunsAndLeavesItAsFound() async throws {
        let child = try ProcChild(Self.spinner)
        let bench = try bench()
        await bench.tracer.update(added: [try child.target()], removed: [])
        var samples = 0
        let batches = await bench.run { batch in
            samples += batch.samples.count { !$0.isQueued }
            return samples >= 20
        }
        let process = child.process
        #expect(batches.allSatisfy { $0.samples.allSatisfy { $0.process == process } })
        let visited = batches.flatMap(\.samples).filter { !$0.isQueued }
        #expect(visited.allSatisfy { $0.instructionPointer.rawValue != 0 })
        let last = try #require(batches.last)
        #expect(last.status.counters.attachAttempts >= 20)
        #expect(last.status.parkedThreads == 0)
        var reader = ProcReader()
        let status = try #require(reader.status(of: process).value)
        #expect(status.tracer == nil)
        #expect(status.state == .running)
    }

    @Test func reportsTheRunTimeThatTheKernelCounts() async throws {
        let child = try ProcChild(Self.spinner)
        let bench = try bench()
        await bench.tracer.update(added: [try child.target()], removed: [])
        let before = try #require(ProcessCPUClock.nanoseconds(of: child.process))
        var samples = 0
        let batches = await bench.run { batch in
            samples += batch.samples.count
            return samples >= 50
        }
        let after = try #require(ProcessCPUClock.nanoseconds(of: child.process))
        let run = batches.flatMap(\.processes).flatMap(\.threads).reduce(0) {
            $0 + $1.runNanoseconds
        }
        #expect(run > 0)
        #expect(run <= after - before)
        let clock = batches.flatMap(\.processes).map(\.clockNanoseconds).max()
        #expect(try #require(clock) <= after)
    }

    @Test func stopsNothingWhereNothingCanBeStopped() async throws {
        let child = try ProcChild(Self.spinner)
        var configuration = TracerBench.configuration(hertz: 499, seed: 7)
        configuration.visits = false
        let bench = try TracerBench(configuration)
        await bench.tracer.update(added: [try child.target()], removed: [])
        let batches = await bench.run { batch in
            batch.status.counters.withheld[.notPermitted] >= 20
        }
        let last = try #require(batches.last)
        #expect(last.status.counters.attachAttempts == 0)
        #expect(batches.flatMap(\.processes).flatMap(\.threads).contains { $0.runNanoseconds > 0 })
    }

    @Test func leavesAProcessAloneOnRequest() async throws {
        let child = try ProcChild(Self.spinner)
        let bench = try bench()
        await bench.tracer.update(added: [try child.target()], removed: [])
        await bench.tracer.letAlone(
            child.process,
            until: .now().advanced(byNanoseconds: 3_600_000_000_000)
        )
        var ticks = 0
        let batches = await bench.run { batch in
            ticks += 1
            return ticks >= 5
        }
        #expect(batches.allSatisfy { $0.samples.isEmpty })
        #expect(try #require(batches.last).status.counters.withheld[.pausedByRequest] > 0)
        #expect(try #require(batches.last).status.counters.attachAttempts == 0)
    }

    @Test func forgetsAProcessThatEnds() async throws {
        var child = try ProcChild(["cat"])
        let bench = try bench()
        let known = try child.target()
        await bench.tracer.update(added: [known], removed: [])
        child.end()
        let batches = await bench.run { batch in
            batch.processes.contains { $0.id == known.id && $0.hasEnded }
        }
        #expect(batches.flatMap(\.processes).count { $0.hasEnded } == 1)
    }

    /// A thread on a CPU moves no clock before its burst ends or a timer tick comes.
    @Test func findsBurstsThatAreShorterThanATimerTick() async throws {
        let child = try ProcChild([TargetPrograms.path("bursts"), "--seconds", "0"])
        let bench = try TracerBench(TracerBench.configuration(hertz: 999, seed: 7))
        await bench.tracer.update(added: [try child.target()], removed: [])
        var samples = 0
        var run = 0.0
        let giveUp = ContinuousClock.now.advanced(by: .seconds(60))
        let batches = await bench.run { batch in
            samples += batch.samples.count
            run += batch.processes.flatMap(\.threads)
                .reduce(0) { $0 + Double($1.runNanoseconds) / 1e9 }
            return run >= 0.2 || ContinuousClock.now >= giveUp
        }
        #expect(run >= 0.2, "the thread was not looked at")
        // On a busy machine it often waits for a CPU, and for the tracer's own.
        let displaced = try #require(batches.last).status.counters.droppedSamples[.ownCPU]
        let found = Double(samples) + Double(displaced)
        // A point for each millisecond, of which a tracer that was not optimized finds a fifth:
        // many bursts end before it has read that they run.
        #expect(found > 0.08 * run * 999, "\(samples) and \(displaced) of \(run * 999)")
    }
}
