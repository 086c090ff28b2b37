// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// Batches made by hand; the process is the test's own, whose clock can be read.
@Suite struct AggregatorProfilesTests {
    private let process = ProcessID(getpid())
    private let rate = SamplingRate(hertz: 20)
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)

    private func sample(
        at address: UInt64,
        in call: SystemCallNumber? = nil
    ) -> SampleBatch.Sample {
        SampleBatch.Sample(
            process: process,
            thread: ThreadID(leaderOf: process),
            instructionPointer: Address(address),
            systemCall: call,
            isQueued: false,
            rate: rate,
            pauseNanoseconds: 1,
            stack: StackCopy(
                registers: .pointers(stack: Address(0x1000), program: Address(address)),
                base: Address(0x1000),
                bytes: []
            )
        )
    }

    private func batch(
        _ second: UInt64,
        _ samples: [SampleBatch.Sample] = [],
        milliseconds: UInt64 = 0,
        queued: UInt64 = 0
    ) -> SampleBatch {
        var batch = SampleBatch()
        batch.madeAt = start.advanced(byNanoseconds: second * 1_000_000_000)
        batch.samples = samples
        batch.processes = [
            SampleBatch.ProcessReport(
                id: process,
                group: .command("x"),
                clockNanoseconds: 0,
                threads: [
                    SampleBatch.ThreadRun(
                        thread: ThreadID(leaderOf: process),
                        runNanoseconds: milliseconds * 1_000_000,
                        kernelNanoseconds: 0,
                        waitNanoseconds: queued * 1_000_000,
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

    private func aggregator() async -> Aggregator {
        let aggregator = Aggregator()
        await aggregator.update(
            added: [
                SampledProcess(id: process, startTime: StartTime(ticks: 1), group: .command("x"))
            ]
        )
        return aggregator
    }

    /// Milliseconds by the leaf's name or address.
    private func milliseconds(_ profile: Profile) -> [String: UInt64] {
        var found: [String: UInt64] = [:]
        for sample in profile.samples {
            guard let leaf = sample.stack.first else { continue }
            let location = profile.locations[leaf]
            let name = location.lines.first.map { profile.functions[$0.function].name }
            found[name ?? location.address.description, default: 0] +=
                sample.nanoseconds / 1_000_000
        }
        return found
    }

    @Test func theOpenWindowIsSharedOutAsIfItEnded() async {
        let aggregator = await aggregator()
        _ = await aggregator.ingest(batch(0))
        _ = await aggregator.ingest(
            batch(
                1,
                [sample(at: 8), sample(at: 16), sample(at: 8, in: SystemCallNumber(0))],
                milliseconds: 300
            )
        )
        let first = await aggregator.profile(.cpu, of: "x", in: 0..<UInt64.max)
        #expect(milliseconds(first) == ["0x8": 100, "0x10": 100, "read": 100])
        // Asking changes nothing.
        let second = await aggregator.profile(.cpu, of: nil, in: 0..<UInt64.max)
        #expect(milliseconds(second) == milliseconds(first))
        #expect(first.samples.allSatisfy { $0.labels.group == "x" && $0.labels.process == process })
    }

    @Test func aReaderGetsThePartThatItAskedFor() async throws {
        let aggregator = await aggregator()
        for second in 0..<15 as Range<UInt64> {
            let address = 8 * (second + 1)
            _ = await aggregator.ingest(batch(second, [sample(at: address)], milliseconds: 50))
        }
        let all = await aggregator.profile(.cpu, of: "x", in: 0..<UInt64.max)
        #expect(all.samples.count == 15)
        #expect(all.nanoseconds == 15 * 50_000_000)
        let oldest = try #require(await aggregator.oldestProfileNanoseconds)
        // The batches of the seconds 4 to 6: the first one is of the second before the first.
        let part = oldest + 3_000_000_000..<oldest + 6_000_000_000
        let some = await aggregator.profile(.cpu, of: "x", in: part)
        #expect(milliseconds(some) == ["0x28": 50, "0x30": 50, "0x38": 50])
    }

    @Test func metricsAndProfilesHaveTheSameTime() async throws {
        let aggregator = await aggregator()
        _ = await aggregator.ingest(batch(0))
        for second in 1...10 as ClosedRange<UInt64> {
            _ = await aggregator.ingest(
                batch(second, [sample(at: 8), sample(at: 16)], milliseconds: 70, queued: 30)
            )
        }
        let profile = await aggregator.profile(.cpu, of: "x", in: 0..<UInt64.max)
        let group = await aggregator.snapshot().groups.first { $0.name == "x" }
        let seconds = try #require(group).counters.functions.series
            .reduce(0) { $0 + $1.amount.seconds }
        #expect(abs(seconds - 0.7) < 1e-6)
        #expect(abs(Double(profile.nanoseconds) / 1e9 - seconds) < 1e-6)
        let wall = await aggregator.profile(.wall, of: "x", in: 0..<UInt64.max)
        #expect(milliseconds(wall)["[queued]"] == 300)
        #expect(await aggregator.snapshot().profiles.windows == 1)
    }

    @Test func groupsAreThoseThatAreSampledNow() async {
        let aggregator = await aggregator()
        let groups = await aggregator.profileGroups()
        #expect(groups["x"]?.processCount == 1)
        #expect(groups.count == 1)
    }

    @Test func stacksThatThreadsWaitInOutliveACompaction() async throws {
        let aggregator = await aggregator()
        await aggregator.limitMemory(to: 1 << 20)
        var first = batch(0)
        first.waits = [
            SampleBatch.Wait(
                process: process,
                thread: ThreadID(leaderOf: process),
                call: nil,
                change: .began(
                    stack: StackCopy(
                        registers: .pointers(stack: Address(0x1000), program: Address(8)),
                        base: Address(0x1000),
                        bytes: []
                    ),
                    isSample: false,
                    rate: rate
                )
            )
        ]
        _ = await aggregator.ingest(first)
        // So many distinct stacks that the ring, of 128 KiB, has to let some go.
        for second in 1..<200 as Range<UInt64> {
            let samples = (0..<50).map { sample(at: 0x1000 * second + UInt64($0)) }
            _ = await aggregator.ingest(batch(second, samples, milliseconds: 50))
        }
        #expect(await aggregator.snapshot().profiles.droppedWindows > 0)
        var last = batch(200)
        last.waits = [
            SampleBatch.Wait(
                process: process,
                thread: ThreadID(leaderOf: process),
                call: nil,
                change: .lasted(nanoseconds: 7_000_000, looks: 1)
            )
        ]
        _ = await aggregator.ingest(last)
        let wall = await aggregator.profile(.wall, of: "x", in: 0..<UInt64.max)
        #expect(milliseconds(wall)["0x8"] == 7)
    }
}
