// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// Samples made by hand; the process is the test's own, whose clock can be read.
@Suite struct AggregatorTests {
    private let process = ProcessID(getpid())
    private let rate = SamplingRate(hertz: 19)

    private func sample(in call: SystemCallNumber?, _ stack: StackCopy?) -> SampleBatch.Sample {
        SampleBatch.Sample(
            process: process,
            thread: ThreadID(leaderOf: process),
            instructionPointer: Address(8),
            systemCall: call,
            isQueued: false,
            rate: rate,
            pauseNanoseconds: 1,
            stack: stack
        )
    }

    private func report(running nanoseconds: UInt64) -> SampleBatch.ProcessReport {
        SampleBatch.ProcessReport(
            id: process,
            group: .command("x"),
            clockNanoseconds: 0,
            threads: [
                SampleBatch.ThreadRun(
                    thread: ThreadID(leaderOf: process),
                    runNanoseconds: nanoseconds,
                    kernelNanoseconds: 0,
                    waitNanoseconds: 0,
                    watchedNanoseconds: nanoseconds
                )
            ],
            pauseNanoseconds: 0,
            blocked: [:],
            hasEnded: false
        )
    }

    @Test func sharesRunTimeOutOverTheTopsOfStacks() async throws {
        let aggregator = Aggregator()
        await aggregator.update(
            added: [
                SampledProcess(id: process, startTime: StartTime(ticks: 1), group: .command("x"))
            ]
        )
        let copy = StackCopy(
            registers: .pointers(stack: Address(0x1000), program: Address(8)),
            base: Address(0x1000),
            bytes: []
        )
        let start = MonotonicInstant(nanoseconds: 1_000_000_000)
        for index in 0...2 {
            var batch = SampleBatch()
            batch.madeAt = start.advanced(
                byNanoseconds: UInt64(index) * Aggregator.windowNanoseconds
            )
            if index == 1 {
                batch.samples = [
                    sample(in: SystemCallNumber(0), copy), sample(in: nil, copy),
                    sample(in: nil, copy), sample(in: nil, copy),
                ]
                batch.processes = [report(running: 4_000_000_000)]
            }
            let wanted = await aggregator.ingest(batch)
            #expect(wanted.isEmpty == (index != 1))
        }
        let snapshot = await aggregator.snapshot()
        let group = try #require(snapshot.groups.first { $0.name == "x" })
        let functions = group.counters.functions.series
        let read = functions.first { $0.key.function == "read" }
        let unknown = functions.first { $0.key == .unknown }
        #expect(read?.amount == SeriesAmount(samples: 1, seconds: 1))
        #expect(unknown?.amount == SeriesAmount(samples: 3, seconds: 3))
        #expect(snapshot.stacks.broken[.unmapped] == 4)
        #expect(snapshot.names.failures == ["unmapped": 3])
    }
}
