// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// The whole loop on real children, at a high rate so that it does not take long.
@Suite(.serialized) struct TracerTests {
    private static let spinner = ["sh", "-c", "while :; do :; done"]

    /// A tracer whose batches the test reads.
    private struct Bench {
        let tracer: Tracer
        let executor: TracerExecutor
        let batches: AsyncStream<SampleBatch>

        init() throws {
            var configuration = SamplerConfiguration(cpuCount: 2, seed: 7)
            configuration.rate = SamplingRate(hertz: 499)
            configuration.batchNanoseconds = 20_000_000
            configuration.budget.pauseShare = 1
            configuration.budget.agentShare = 1
            executor = try TracerExecutor()
            try executor.start()
            let (batches, output) = AsyncStream.makeStream(of: SampleBatch.self)
            self.batches = batches
            tracer = try Tracer(
                configuration,
                executor: executor,
                watch: try SeizeWatch(),
                guardPage: nil,
                output: output
            )
        }
    }

    private func target(_ child: borrowing ProcChild) throws -> SampledProcess {
        var reader = ProcReader()
        let stat = try #require(reader.stat(of: child.process).value)
        return SampledProcess(
            id: child.process,
            startTime: stat.startTime,
            group: .command("test")
        )
    }

    /// Runs the tracer until `isEnough` says so of a batch, and then to its end.
    private func run(
        _ bench: Bench,
        until isEnough: (SampleBatch) -> Bool
    ) async -> [SampleBatch] {
        async let running: Void = bench.tracer.run()
        var seen: [SampleBatch] = []
        var isStopping = false
        for await batch in bench.batches {
            seen.append(batch)
            if !isStopping, isEnough(batch) {
                isStopping = true
                await bench.tracer.stop()
            }
        }
        await running
        bench.executor.stop()
        return seen
    }

    @Test func samplesWhatRunsAndLeavesItAsFound() async throws {
        let child = try ProcChild(Self.spinner)
        let bench = try Bench()
        await bench.tracer.update(added: [try target(child)], removed: [])
        var samples = 0
        let batches = await run(bench) { batch in
            samples += batch.samples.count { !$0.isQueued }
            return samples >= 20
        }
        let process = child.process
        #expect(batches.allSatisfy { $0.samples.allSatisfy { $0.process == process } })
        let visited = batches.flatMap(\.samples).filter { !$0.isQueued }
        #expect(visited.allSatisfy { $0.instructionPointer.rawValue != 0 })
        let last = try #require(batches.last)
        #expect(last.counters.attachAttempts >= 20)
        #expect(last.parkedThreads == 0)
        var reader = ProcReader()
        let status = try #require(reader.status(of: process).value)
        #expect(status.tracer == nil)
        #expect(status.state == .running)
    }

    @Test func reportsTheRunTimeThatTheKernelCounts() async throws {
        let child = try ProcChild(Self.spinner)
        let bench = try Bench()
        await bench.tracer.update(added: [try target(child)], removed: [])
        let before = try #require(ProcessCPUClock.nanoseconds(of: child.process))
        var samples = 0
        let batches = await run(bench) { batch in
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

    @Test func leavesAProcessAloneOnRequest() async throws {
        let child = try ProcChild(Self.spinner)
        let bench = try Bench()
        await bench.tracer.update(added: [try target(child)], removed: [])
        await bench.tracer.letAlone(
            child.process,
            until: .now().advanced(byNanoseconds: 3_600_000_000_000)
        )
        var ticks = 0
        let batches = await run(bench) { batch in
            ticks += 1
            return ticks >= 5
        }
        #expect(batches.allSatisfy { $0.samples.isEmpty })
        #expect(try #require(batches.last).counters.withheld[.pausedByRequest] > 0)
        #expect(try #require(batches.last).counters.attachAttempts == 0)
    }

    @Test func forgetsAProcessThatEnds() async throws {
        var child = try ProcChild(["cat"])
        let bench = try Bench()
        let known = try target(child)
        await bench.tracer.update(added: [known], removed: [])
        child.end()
        let batches = await run(bench) { batch in
            batch.processes.contains { $0.id == known.id && $0.hasEnded }
        }
        #expect(batches.flatMap(\.processes).count { $0.hasEnded } == 1)
    }
}
