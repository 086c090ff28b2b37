// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct WorkClockTests {
    private struct Refusal: Error, Equatable {}

    /// Uses so much CPU time of the calling thread.
    private func compute(_ nanoseconds: UInt64) {
        let began = WorkClock.threadNanoseconds
        while WorkClock.threadNanoseconds - began < nanoseconds {}
    }

    @Test func chargesWhatIsDoneInIt() {
        let clock = WorkClock()
        let began = WorkClock.threadNanoseconds
        let answer = clock.charge { () -> Int in
            compute(2_000_000)
            return 42
        }
        let spent = WorkClock.threadNanoseconds - began
        #expect(answer == 42)
        #expect((2_000_000...spent).contains(clock.nanoseconds))
    }

    @Test func chargesNothingElse() {
        let clock = WorkClock()
        clock.charge {}
        let before = clock.nanoseconds
        compute(2_000_000)
        #expect(clock.nanoseconds == before)
        #expect(before < 2_000_000)
    }

    @Test func chargesWorkThatFails() {
        let clock = WorkClock()
        #expect(throws: Refusal()) {
            try clock.charge { () throws(Refusal) in
                compute(1_000_000)
                throw Refusal()
            }
        }
        #expect(clock.nanoseconds >= 1_000_000)
    }
}
