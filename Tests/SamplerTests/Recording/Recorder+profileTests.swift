// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// A recording of batches made by hand; its process is the test's own, whose clock can be read.
@Suite struct RecorderProfileTests {
    private let process = ProcessID(getpid())
    private let startTime = StartTime(ticks: 1)

    private func recorder() async -> Recorder {
        let recorder = Recorder()
        await recorder.update(
            added: [SampledProcess(id: process, startTime: startTime, group: .command("x"))]
        )
        return recorder
    }

    private func sample(thread: Int32, isQueued: Bool = false) -> SampleBatch.Sample {
        SampleBatch.Sample(
            process: process,
            thread: ThreadID(thread),
            instructionPointer: Address(0x10),
            systemCall: nil,
            isQueued: isQueued,
            rate: SamplingRate(hertz: 100),
            pauseNanoseconds: 1_000,
            stack: StackCopy(registers: .all(RegisterSet()), base: Address(0), bytes: [])
        )
    }

    private func batch(
        _ samples: [SampleBatch.Sample],
        runNanoseconds: UInt64,
        clockNanoseconds: UInt64
    ) -> SampleBatch {
        var batch = SampleBatch()
        batch.samples = samples
        batch.processes = [
            SampleBatch.ProcessReport(
                id: process,
                group: .command("x"),
                clockNanoseconds: clockNanoseconds,
                threads: [
                    SampleBatch.ThreadRun(
                        thread: ThreadID(1),
                        runNanoseconds: runNanoseconds,
                        kernelNanoseconds: 0,
                        waitNanoseconds: 0,
                        watchedNanoseconds: 0
                    )
                ],
                pauseNanoseconds: 0,
                blocked: [:],
                hasEnded: false
            )
        ]
        return batch
    }

    private func finish(
        _ recorder: Recorder
    ) async -> (profile: Profile, summary: RecordingSummary) {
        await recorder.finish(
            target: "x",
            startNanoseconds: 1,
            durationNanoseconds: 2,
            rate: SamplingRate(hertz: 100)
        )
    }

    @Test func givesAThreadsTimeToItsSamples() async throws {
        let recorder = await recorder()
        let clock = try #require(ProcessCPUClock.nanoseconds(of: process)) + 3_600_000_000_000
        let samples = [sample(thread: 1), sample(thread: 1), sample(thread: 1, isQueued: true)]
        _ = await recorder.ingest(
            batch(samples, runNanoseconds: 40_000_000, clockNanoseconds: clock)
        )
        let (profile, summary) = await finish(recorder)
        let sampled = profile.samples.filter { $0.count > 0 }
        #expect(sampled.map(\.count) == [2])
        #expect(sampled.map(\.nanoseconds) == [40_000_000])
        #expect(sampled.map(\.end) == [.broken(.unmapped)])
        #expect(summary.samples == 2)
        #expect(summary.queuedSamples == 1)
        #expect(summary.pauses.totalNanoseconds == 2_000)
        // The rest of the process's own clock belongs to no sample.
        let rest = profile.samples.filter { $0.count == 0 }.reduce(0) { $0 + $1.nanoseconds }
        #expect(rest + 40_000_000 == summary.cpuNanoseconds)
        #expect(profile.kind == .cpu)
        #expect(profile.startNanoseconds == 1)
        #expect(profile.durationNanoseconds == 2)
        #expect(profile.periodNanoseconds == 10_000_000)
    }

    @Test func leavesOutWhatIsNotRecorded() async {
        let recorder = Recorder()
        _ = await recorder.ingest(
            batch([sample(thread: 1)], runNanoseconds: 1, clockNanoseconds: 1)
        )
        let (profile, summary) = await finish(recorder)
        #expect(profile.samples.isEmpty)
        #expect(summary.samples == 0)
    }
}
