// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct AggregatedProcessCloseTests {
    private let id = ProcessID(getpid())
    private let rate = SamplingRate(hertz: 10)

    private func process() -> AggregatedProcess {
        let sampled = SampledProcess(id: id, startTime: StartTime(ticks: 1), group: .command("x"))
        return AggregatedProcess(sampled, clockNanoseconds: 100)
    }

    private func run(_ nanoseconds: UInt64) -> SampleBatch.ThreadRun {
        SampleBatch.ThreadRun(
            thread: ThreadID(leaderOf: id),
            runNanoseconds: nanoseconds,
            kernelNanoseconds: 0,
            waitNanoseconds: 0,
            watchedNanoseconds: 0
        )
    }

    @Test func theClocksTimeIsSharedOut() {
        var process = process()
        var reader = ProcReader()
        let stack = SampledStack(function: .unknown, stack: nil, slice: 0)
        process.threads[ThreadID(leaderOf: id), default: AggregatedThread()].add(stack, rate: rate)
        process.threads[ThreadID(leaderOf: id), default: AggregatedThread()].add(run(300), in: 0)
        process.clockNanoseconds = 100 + 1_000
        process.queueNanoseconds = 7
        var copy = process
        let now = copy.close(of: id, &reader)
        #expect(now.unsampledNanoseconds == 700)
        #expect(now.queueNanoseconds == 7)
        #expect(now.runs.map { $0.shares.shares.map(\.key) } == [[stack]])
        #expect(now.runs.first?.name?.isEmpty == false)
        // The original is as it was.
        let then = process.close(of: id, &reader)
        #expect(then.unsampledNanoseconds == 700)
        #expect(then.runs.count == 1)
        let next = process.close(of: id, &reader)
        #expect(next.runs.isEmpty)
        #expect(next.unsampledNanoseconds == 0)
    }
}
