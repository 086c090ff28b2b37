// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// Waits of a thread made by hand; its process is the test's own, whose clock can be read.
@Suite struct RecorderWaitsTests {
    private let process = ProcessID(getpid())
    private let rate = SamplingRate(hertz: 100)

    private func wait(_ change: SampleBatch.Wait.Change) -> SampleBatch.Wait {
        SampleBatch.Wait(
            process: process,
            thread: ThreadID(1),
            call: BlockedCall(
                number: 0,
                arguments: InlineArray(repeating: 0),
                stackPointer: Address(0x1000),
                programCounter: Address(8)
            ),
            change: change
        )
    }

    /// A copy whose program counter is in no code.
    private var copy: StackCopy {
        StackCopy(
            registers: .pointers(stack: Address(0x1000), program: Address(8)),
            base: Address(0x1000),
            bytes: []
        )
    }

    /// Records batches; each ends a window.
    private func record(
        _ batches: [[SampleBatch.Wait]],
        run: SampleBatch.ThreadRun,
        recordsWaits: Bool = true
    ) async -> (profile: Profile, summary: RecordingSummary) {
        var options = Recorder.Options()
        options.recordsWaits = recordsWaits
        options.windowNanoseconds = 0
        let recorder = Recorder(options: options)
        await recorder.update(
            added: [
                SampledProcess(id: process, startTime: StartTime(ticks: 1), group: .command("x"))
            ]
        )
        for (index, waits) in batches.enumerated() {
            var batch = SampleBatch()
            batch.waits = waits
            batch.processes = [
                SampleBatch.ProcessReport(
                    id: process,
                    group: .command("x"),
                    clockNanoseconds: 0,
                    threads: index == 0 ? [run] : [],
                    pauseNanoseconds: 0,
                    blocked: [:],
                    hasEnded: false
                )
            ]
            _ = await recorder.ingest(batch)
        }
        return await recorder.finish(
            target: "x",
            startNanoseconds: 1,
            durationNanoseconds: 2,
            rate: rate
        )
    }

    private func run(watched: UInt64, run: UInt64, queue: UInt64) -> SampleBatch.ThreadRun {
        SampleBatch.ThreadRun(
            thread: ThreadID(1),
            runNanoseconds: run,
            kernelNanoseconds: 0,
            waitNanoseconds: queue,
            watchedNanoseconds: watched
        )
    }

    private func times(_ profile: Profile) -> [String: UInt64] {
        var times: [String: UInt64] = [:]
        for sample in profile.samples {
            let leaf = sample.stack.first.map { profile.locations[$0] }
            let name = leaf?.lines.first.map { profile.functions[$0.function].name } ?? "none"
            times[name, default: 0] += sample.nanoseconds
        }
        return times
    }

    @Test func waitsThatSomebodyElseAskedForAreLeftOut() async {
        let run = SampleBatch.ThreadRun(
            thread: ThreadID(1),
            runNanoseconds: 0,
            kernelNanoseconds: 0,
            waitNanoseconds: 0,
            watchedNanoseconds: 100
        )
        let waits = [
            wait(.began(stack: copy, isSample: true, rate: rate)),
            wait(.lasted(nanoseconds: 1_000_000, looks: 5)),
        ]
        let (profile, summary) = await record([waits], run: run, recordsWaits: false)
        #expect(profile.kind == .cpu)
        #expect(profile.samples.isEmpty)
        #expect(summary.waitingSamples == 0)
    }

    @Test func exactWaitsKeepTheirTimeAndTheRestIsDivided() async {
        let (profile, summary) = await record(
            [
                [
                    wait(.began(stack: copy, isSample: false, rate: rate)),
                    wait(.lasted(nanoseconds: 600_000_000, looks: 3)),
                    wait(.began(stack: nil, isSample: true, rate: rate)),
                ]
            ],
            run: run(watched: 1_000_000_000, run: 100_000_000, queue: 50_000_000)
        )
        #expect(profile.kind == .wall)
        let times = times(profile)
        #expect(times["read"] == 600_000_000)
        #expect(times["[waiting]"] == 250_000_000)
        #expect(times["[queued]"] == 50_000_000)
        #expect(times["[unsampled]"] == 100_000_000)
        #expect(summary.waitingSamples == 4)
        #expect(summary.stacks.broken[.unmapped] == 1)
        // 60 of the times between two sampling points, however few looks it took.
        let exact = profile.samples.first { $0.nanoseconds == 600_000_000 }
        #expect(exact?.count == 60)
    }

    @Test func aWaitGoesOnFromOneWindowToTheNext() async {
        let began = wait(.began(stack: copy, isSample: false, rate: rate))
        let lasted = wait(.lasted(nanoseconds: 600_000_000, looks: 3))
        let (profile, _) = await record(
            [[began, lasted], [lasted], [lasted], [], [lasted]],
            run: run(watched: 0, run: 0, queue: 0)
        )
        // A thread that nothing was heard of, and that is not there, is another one after that.
        #expect(times(profile)["read"] == 1_800_000_000)
        #expect(times(profile)["[waiting]"] == 600_000_000)
    }

    @Test func withoutALookTheTimeOffTheCPUIsWaiting() async {
        let (profile, _) = await record([[]], run: run(watched: 500, run: 100, queue: 0))
        #expect(times(profile)["[waiting]"] == 400)
    }
}
