// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

/// Periods of a recording that goes on; its process is the test's own, whose clock can be read.
@Suite struct RecorderWindowTests {
    private let process = ProcessID(getpid())
    private let thread = ThreadID(leaderOf: ProcessID(getpid()))
    private let rate = SamplingRate(hertz: 100)

    private func recorder(separatesThreads: Bool = true) async -> Recorder {
        var options = Recorder.Options()
        options.recordsWaits = true
        options.separatesThreads = separatesThreads
        let recorder = Recorder(options: options)
        await recorder.update(
            added: [
                SampledProcess(id: process, startTime: StartTime(ticks: 1), group: .command("x"))
            ]
        )
        return recorder
    }

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

    private func copy(at program: UInt64 = 8) -> StackCopy {
        StackCopy(
            registers: .pointers(stack: Address(0x1000), program: Address(program)),
            base: Address(0x1000),
            bytes: []
        )
    }

    private func batch(
        _ waits: [SampleBatch.Wait],
        hasEnded: Bool = false,
        isHeard: Bool = true
    ) -> SampleBatch {
        var batch = SampleBatch()
        batch.waits = waits
        guard isHeard else { return batch }
        batch.processes = [
            SampleBatch.ProcessReport(
                id: process,
                group: .command("x"),
                clockNanoseconds: 0,
                threads: [],
                pauseNanoseconds: 0,
                blocked: [:],
                hasEnded: hasEnded
            )
        ]
        return batch
    }

    private func window(_ recorder: Recorder) async -> RecordedWindow {
        await recorder.takeWindow(startNanoseconds: 5, durationNanoseconds: 6)
    }

    private func times(_ window: RecordedWindow) -> [String: UInt64] {
        var times: [String: UInt64] = [:]
        for sample in window.profile.samples {
            let leaf = sample.stack.first.map { window.profile.locations[$0] }
            let name = leaf?.lines.first.map { window.profile.functions[$0.function].name } ?? ""
            times[name, default: 0] += sample.nanoseconds
        }
        return times
    }

    @Test func aWaitThatGoesOnKeepsItsStackFromWindowToWindow() async throws {
        let recorder = await recorder()
        _ = await recorder.ingest(
            batch([wait(.began(stack: copy(), isSample: false, rate: rate))])
        )
        _ = await window(recorder)
        for _ in 0..<3 {
            _ = await recorder.ingest(batch([wait(.lasted(nanoseconds: 700, looks: 2))]))
            #expect(times(await window(recorder))["read"] == 700)
        }
        // The same where a recording closes its windows by itself.
        await recorder.closeWindows()
        _ = await recorder.ingest(batch([wait(.lasted(nanoseconds: 900, looks: 2))]))
        #expect(times(await window(recorder))["read"] == 900)
    }

    @Test func eachWindowHasItsOwnTimeAndWhoseItIs() async throws {
        let recorder = await recorder()
        _ = await recorder.ingest(
            batch([
                wait(.began(stack: copy(), isSample: false, rate: rate)),
                wait(.lasted(nanoseconds: 700, looks: 2)),
            ])
        )
        let first = await window(recorder)
        #expect(first.profile.kind == .wall)
        #expect(first.profile.startNanoseconds == 5)
        #expect(first.profile.durationNanoseconds == 6)
        #expect(first.processCount == 1)
        let labels = try #require(first.profile.samples.first { $0.nanoseconds == 700 }).labels
        #expect(labels.isOffCPU)
        #expect(labels.group == "x")
        #expect(labels.process == process)
        #expect(labels.thread == thread)
        var reader = ProcReader()
        #expect(labels.threadName == reader.stat(of: thread, in: process).value?.command)
        #expect(first.profile.onCPU.samples.allSatisfy { !$0.labels.isOffCPU })
        let second = await window(recorder)
        #expect(times(second)["read"] == nil)
        // What was counted is counted from the beginning.
        #expect(second.summary.waitingSamples == 2)
    }

    @Test func whatHasEndedIsLetGo() async {
        let recorder = await recorder()
        let gone = ThreadID(.max)
        _ = await recorder.ingest(
            batch([
                wait(.began(stack: copy(), isSample: false, rate: rate)),
                wait(.began(stack: copy(), isSample: false, rate: rate), of: gone),
            ])
        )
        _ = await window(recorder)
        // It is kept as long as it is heard of, and then asked for.
        #expect(await recorder.processes[process]?.threads.count == 2)
        _ = await window(recorder)
        #expect(await recorder.processes[process]?.threads.keys.sorted() == [thread])
        _ = await recorder.ingest(batch([], hasEnded: true))
        #expect(await window(recorder).processCount == 0)
        #expect(await recorder.processes.isEmpty)
    }

    @Test func aProcessThatIsNoTargetAnyMoreIsLetGoWhenAllWasSaid() async {
        let recorder = await recorder()
        await recorder.update(added: [], removed: [process])
        _ = await recorder.ingest(batch([]))
        _ = await window(recorder)
        #expect(await recorder.processes.count == 1)
        _ = await window(recorder)
        #expect(await recorder.processes.isEmpty)
    }

    @Test func memoryDoesNotGrowWithTheStacksThatWereSeen() async throws {
        let recorder = await recorder()
        await recorder.useSmallLimits()
        var longest = 0
        for number in 0..<200 as Range<UInt64> {
            let waits = (0..<10 as Range<UInt64>).map {
                wait(.began(stack: copy(at: 8 + number * 10 + $0), isSample: true, rate: rate))
            }
            _ = await recorder.ingest(batch(waits))
            let window = await window(recorder)
            #expect(window.summary.overflows == 0)
            longest = max(longest, await recorder.nodeCount)
        }
        #expect(longest <= 100 + 30)
        // The one that is waited in is still known.
        _ = await recorder.ingest(batch([wait(.lasted(nanoseconds: 700, looks: 2))]))
        #expect(times(await window(recorder))["read"] == 700)
    }
}

extension Recorder {
    fileprivate var nodeCount: Int { stacks.trie.count }

    fileprivate func useSmallLimits() {
        stacks = StackCollector(
            root: "/proc",
            limits: StackCollector.Limits(nodes: 1_000, spareNodes: 100)
        )
    }
}
