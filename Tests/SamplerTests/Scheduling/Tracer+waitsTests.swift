// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// Waits of real programs.
@Suite(.serialized) struct TracerWaitsTests {
    /// Samples a command until a batch is enough, and returns what it waited in.
    private func waits(
        of command: [String],
        until isEnough: ([SampleBatch.Wait]) -> Bool
    ) async throws -> [SampleBatch.Wait] {
        let child = try ProcChild(command)
        var configuration = TracerBench.configuration(hertz: 199, seed: 5)
        configuration.recordsWaits = true
        configuration.engine.stackBytes = StackCopy.mostBytes
        let bench = try TracerBench(configuration)
        await bench.tracer.update(added: [try child.target()], removed: [])
        var waits: [SampleBatch.Wait] = []
        let batches = await bench.run { batch in
            waits += batch.waits
            return isEnough(waits)
        }
        return batches.flatMap(\.waits)
    }

    private func stack(_ wait: SampleBatch.Wait) -> StackCopy? {
        if case .began(let stack, _, _) = wait.change { return stack }
        return nil
    }

    private func exact(_ wait: SampleBatch.Wait) -> UInt64 {
        if case .lasted(let nanoseconds, _) = wait.change { return nanoseconds }
        return 0
    }

    @Test func aSleeperIsCopiedOnceAndItsWaitIsExact() async throws {
        // Waits in the call from before it was looked at.
        let waits = try await waits(of: ["sleep", "1000000"]) { waits in
            waits.reduce(0) { $0 + exact($1) } > 300_000_000
        }
        let copies = waits.compactMap(stack)
        #expect(copies.count <= 2)
        let copy = try #require(copies.last)
        #expect(copy.isPartial)
        #expect(copy.bytes.count > 256)
        #expect(waits.compactMap(\.systemCall).last?.name.hasSuffix("nanosleep") == true)
    }

    @Test func aThreadThatWakesIsCopiedAgain() async throws {
        let waits = try await waits(of: ["sh", "-c", "while :; do sleep 0.01; done"]) { waits in
            waits.count { stack($0) != nil } >= 8
        }
        let samples = waits.filter {
            if case .began(_, let isSample, _) = $0.change { return isSample }
            return false
        }
        #expect(samples.count >= 4)
    }
}
