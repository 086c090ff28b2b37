// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// Batches made by hand about the test's own process; the script of recordings dumps real ones.
@Suite struct DumperTests {
    private let process = ProcessID(getpid())
    private var leader: ThreadID { ThreadID(leaderOf: process) }

    private func copy(_ count: Int = 64) -> StackCopy {
        StackCopy(
            registers: .pointers(stack: Address(0x1000), program: Address(8)),
            base: Address(0x1000),
            bytes: [UInt8](repeating: 0, count: count)
        )
    }

    private func waiting(_ stack: StackCopy?) -> SampleBatch {
        var batch = SampleBatch()
        batch.waits = [
            SampleBatch.Wait(
                process: process,
                thread: leader,
                call: BlockedCall(
                    number: 0,
                    arguments: [3, 4, 5, 6, 7, 8],
                    stackPointer: Address(0x1000),
                    programCounter: Address(8)
                ),
                change: .began(stack: stack, isSample: false, rate: SamplingRate(hertz: 100))
            )
        ]
        return batch
    }

    private func running(isQueued: Bool) -> SampleBatch {
        var batch = SampleBatch()
        batch.samples = [
            SampleBatch.Sample(
                process: process,
                thread: leader,
                instructionPointer: Address(8),
                systemCall: nil,
                isQueued: isQueued,
                rate: SamplingRate(hertz: 100),
                pauseNanoseconds: 77,
                stack: copy()
            )
        ]
        return batch
    }

    @Test func aWaitingThreadShowsItsCallAndWasNotHeld() async throws {
        let dumper = Dumper(process)
        let wanted = await dumper.ingest(waiting(copy()))
        #expect(Array(wanted.keys) == [leader])
        let dump = await dumper.finish(startNanoseconds: 1)
        let thread = try #require(dump.threads.first { $0.thread == leader })
        #expect(thread.state == .waiting)
        #expect(thread.call?.name == "read")
        #expect(thread.call?.arguments == [3, 4, 5, 6, 7, 8])
        #expect(thread.heldNanoseconds == 0)
        #expect(dump.stack(of: leader)?.stack.count == 2)
    }

    @Test func aQueuedThreadIsTakenWhenItRuns() async throws {
        let dumper = Dumper(process)
        _ = await dumper.ingest(running(isQueued: true))
        _ = await dumper.ingest(running(isQueued: false))
        // What comes later does not count.
        _ = await dumper.ingest(waiting(copy()))
        let dump = await dumper.finish(startNanoseconds: 1)
        let thread = try #require(dump.threads.first { $0.thread == leader })
        #expect(thread.state == .running)
        #expect(thread.heldNanoseconds == 77)
    }

    @Test func threadsWithoutAStackAreListedAndKeepItGoing() async {
        let dumper = Dumper(process)
        _ = await dumper.ingest(waiting(nil))
        let isComplete = await dumper.isComplete()
        #expect(!isComplete)
        let dump = await dumper.finish(startNanoseconds: 1)
        let states = dump.threads.map(\.state)
        #expect(states.contains(.waiting))
        // The test's other threads.
        #expect(states.contains(.unseen))
        #expect(dump.stack(of: leader) == nil)
    }

    @Test func aProcessThatHasEndedIsComplete() async {
        let dumper = Dumper(ProcessID(Int32.max - 1))
        let isComplete = await dumper.isComplete()
        #expect(isComplete)
    }
}
