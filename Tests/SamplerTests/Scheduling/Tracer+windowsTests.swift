// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// Windows beside the visits of a tracer.
@Suite(.serialized) struct TracerWindowsTests {
    /// Samples `callers` until the tracer offers a window on it, and calls `body` with both.
    private func withTurn(
        scope: WindowScope = .all,
        _ body: (Tracer, WindowTurn) async throws -> Void
    ) async throws -> [SampleBatch] {
        let child = try WindowChild.start(["--reads", "5000"])
        let bench = try TracerBench(TracerBench.configuration(hertz: 199, seed: 3))
        await bench.tracer.update(added: [try child.target()], removed: [])
        await bench.tracer.watchCalls(of: scope)
        var hasTurn = false
        var afterwards = 0
        let batches = await bench.run { _ in
            if hasTurn {
                afterwards += 1
                return afterwards > 10
            }
            guard let turn = await bench.tracer.beginWindow() else { return false }
            hasTurn = true
            do {
                try await body(bench.tracer, turn)
            } catch {
                Issue.record(error)
            }
            return false
        }
        #expect(hasTurn)
        return batches
    }

    @Test("a process in a window is not visited, and afterwards it is again")
    func turns() async throws {
        var visitsInWindow: UInt64 = .max
        let batches = try await withTurn { tracer, turn in
            #expect(turn.heldNanoseconds > 0)
            #expect(await tracer.beginWindow() == nil, "it is in one already")
            let outcome = try await OwnThread().run {
                try WindowChild.watch(turn.process, WindowChild.limits())
            }
            #expect(outcome.refusal == nil, "no visit came in between")
            #expect(outcome.tally.stops > 0)
            visitsInWindow = outcome.pauses.count
            await tracer.endWindow(of: turn.process, outcome)
        }
        let last = try #require(batches.last?.status)
        #expect(last.counters.withheld[.callWindow] > 0)
        #expect(last.counters.attachFailures.total == 0)
        // The stops of the window are among the pauses, and visits went on after it.
        #expect(last.pauses.count > visitsInWindow)
        #expect(batches.suffix(8).contains { !$0.samples.isEmpty })
    }

    @Test("there is no window where none is asked for, or while visits are paused")
    func none() async throws {
        let child = try WindowChild.start(["--reads", "5000"])
        let bench = try TracerBench(TracerBench.configuration(hertz: 199, seed: 3))
        await bench.tracer.update(added: [try child.target()], removed: [])
        var ticks = 0
        _ = await bench.run { _ in
            ticks += 1
            let turn = await bench.tracer.beginWindow()
            #expect(turn == nil)
            return ticks > 10
        }
    }
}
