// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct FoundStackTests {
    private let copy = StackCopy(
        registers: .pointers(stack: Address(0x1000), program: Address(8)),
        base: Address(0x1000),
        bytes: []
    )

    @Test func aWaitIsInItsCall() {
        let wait = SampleBatch.Wait(
            process: ProcessID(7),
            thread: ThreadID(8),
            call: BlockedCall(
                number: 0,
                arguments: InlineArray(repeating: 0),
                stackPointer: Address(0x1000),
                programCounter: Address(8)
            ),
            change: .lasted(nanoseconds: 1, looks: 1)
        )
        let found = FoundStack(copy, of: wait)
        #expect(found.process == ProcessID(7))
        #expect(found.thread == ThreadID(8))
        #expect(found.systemCall == SystemCallNumber(0))
    }

    @Test func aSampleIsOfItsThread() {
        let sample = SampleBatch.Sample(
            process: ProcessID(7),
            thread: ThreadID(8),
            instructionPointer: Address(8),
            systemCall: nil,
            isQueued: false,
            rate: SamplingRate(hertz: 19),
            pauseNanoseconds: 1,
            stack: copy
        )
        let found = FoundStack(copy, of: sample)
        #expect(found.process == ProcessID(7))
        #expect(found.thread == ThreadID(8))
        #expect(found.systemCall == nil)
    }
}
