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
        var configuration = SamplerConfiguration(cpuCount: 2, seed: 5)
        configuration.rate = SamplingRate(hertz: 199)
        configuration.batchNanoseconds = 20_000_000
        configuration.recordsWaits = true
        configuration.engine.stackBytes = StackCopy.mostBytes
        let executor = try Self.startedExecutor()
        let (batches, output) = AsyncStream.makeStream(of: SampleBatch.self)
        let tracer = try Tracer(
            configuration,
            executor: executor,
            watch: try SeizeWatch(),
            guardPage: nil,
            output: output
        )
        var reader = ProcReader()
        let stat = try #require(reader.stat(of: child.process).value)
        await tracer.update(
            added: [
                SampledProcess(id: child.process, startTime: stat.startTime, group: .command("t"))
            ],
            removed: []
        )
        async let running: Void = tracer.run()
        var waits: [SampleBatch.Wait] = []
        var isStopping = false
        for await batch in batches {
            waits += batch.waits
            if !isStopping, isEnough(waits) {
                isStopping = true
                await tracer.stop()
            }
        }
        await running
        executor.stop()
        return waits
    }

    private static func startedExecutor() throws -> TracerExecutor {
        let executor = try TracerExecutor()
        try executor.start()
        return executor
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
