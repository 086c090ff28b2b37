// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// Batches made by hand; the process is the test's own, whose clock can be read.
@Suite struct AggregatorWaitsTests {
    private let process = ProcessID(getpid())
    private let thread: ThreadID
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)

    /// The process's first thread, which lives as long as the test, unless another is given.
    init() { thread = ThreadID(getpid()) }

    private func wait(
        _ change: SampleBatch.Wait.Change,
        of thread: ThreadID? = nil
    ) -> SampleBatch.Wait {
        SampleBatch.Wait(
            process: process,
            thread: thread ?? self.thread,
            call: BlockedCall(
                number: 0,
                arguments: InlineArray(repeating: 0),
                stackPointer: Address(0x1000),
                programCounter: Address(8)
            ),
            change: change
        )
    }

    private func run(watched: UInt64, run: UInt64, queue: UInt64) -> SampleBatch.ThreadRun {
        SampleBatch.ThreadRun(
            thread: thread,
            runNanoseconds: run,
            kernelNanoseconds: 0,
            waitNanoseconds: queue,
            watchedNanoseconds: watched
        )
    }

    /// The counters after batches, each of which ends a window.
    private func counters(
        after batches: [(waits: [SampleBatch.Wait], runs: [SampleBatch.ThreadRun])]
    ) async throws -> GroupCounters {
        let aggregator = Aggregator()
        await aggregator.update(
            added: [
                SampledProcess(id: process, startTime: StartTime(ticks: 1), group: .command("x"))
            ]
        )
        // The first batch begins the first window.
        for index in 0...batches.count {
            var batch = SampleBatch()
            batch.madeAt = start.advanced(
                byNanoseconds: UInt64(index) * Aggregator.windowNanoseconds
            )
            if index > 0 {
                batch.waits = batches[index - 1].waits
                batch.processes = [
                    SampleBatch.ProcessReport(
                        id: process,
                        group: .command("x"),
                        clockNanoseconds: 0,
                        threads: batches[index - 1].runs,
                        pauseNanoseconds: 0,
                        blocked: [:],
                        hasEnded: false
                    )
                ]
            }
            _ = await aggregator.ingest(batch)
        }
        let group = await aggregator.snapshot().groups.first { $0.name == "x" }
        return try #require(group?.counters)
    }

    private func seconds(_ counters: GroupCounters, _ call: String) -> Double {
        counters.waits.series.filter { $0.key.call == call }.reduce(0) { $0 + $1.amount.seconds }
    }

    @Test func timeOffTheCPUGoesToTheCallsThatWereFound() async throws {
        let began = wait(.began(stack: nil, isSample: false, rate: SamplingRate(hertz: 19)))
        let again = wait(.began(stack: nil, isSample: true, rate: SamplingRate(hertz: 19)))
        let lasted = wait(.lasted(nanoseconds: 600_000_000, looks: 3))
        let counters = try await counters(
            after: [
                (
                    waits: [began, lasted, again],
                    runs: [run(watched: 1_000_000_000, run: 100_000_000, queue: 50_000_000)]
                ),
                // It goes on in the next window.
                (waits: [lasted], runs: [run(watched: 600_000_000, run: 0, queue: 0)]),
            ]
        )
        let read = seconds(counters, "read")
        #expect(abs(read - (0.6 + 0.25 + 0.6)) < 1e-9, "\(read)")
        #expect(counters.usage.runQueueSeconds == 0.05)
    }

    @Test func waitsThatNoLookHasFoundAreUnknown() async throws {
        let counters = try await counters(
            after: [
                (waits: [], runs: [run(watched: 500_000_000, run: 0, queue: 0)]),
                (waits: [], runs: []),
            ]
        )
        #expect(abs(seconds(counters, "unknown") - 0.5) < 1e-9)
    }

    private typealias Batch = (waits: [SampleBatch.Wait], runs: [SampleBatch.ThreadRun])

    @Test("a thread that the tracer had no time to look at for a minute waits in what it waited in")
    func silentThreadsKeepTheirWaits() async throws {
        let began = wait(.began(stack: nil, isSample: false, rate: SamplingRate(hertz: 19)))
        let lasted = wait(.lasted(nanoseconds: 60_000_000_000, looks: 2))
        let silence = [Batch](repeating: (waits: [], runs: []), count: 6)
        let counters = try await counters(
            after: [(waits: [began], runs: [])] + silence + [(waits: [lasted], runs: [])]
        )
        #expect(seconds(counters, "read") == 60)
        #expect(seconds(counters, "unknown") == 0)
    }

    @Test("a thread's number may be given to another once it has ended and was silent")
    func endedThreadsAreForgotten() async throws {
        // Larger than any thread's number can be (PID_MAX_LIMIT of include/linux/threads.h).
        let ended = ThreadID(1 << 22)
        let began = wait(
            .began(stack: nil, isSample: false, rate: SamplingRate(hertz: 19)),
            of: ended
        )
        let lasted = wait(.lasted(nanoseconds: 1_000_000_000, looks: 2), of: ended)
        let silence = [Batch](repeating: (waits: [], runs: []), count: 6)
        let counters = try await counters(
            after: [(waits: [began], runs: [])] + silence + [(waits: [lasted], runs: [])]
        )
        #expect(seconds(counters, "unknown") == 1)
    }
}
