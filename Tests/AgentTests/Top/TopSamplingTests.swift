// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct TopSamplingTests {
    @Test func asksThePartsOfARecording() async throws {
        let parts = try RecordingParts(
            sampler: .recording(
                rate: SamplingRate(hertz: 99),
                targetPausePercent: 1,
                recordsWaits: true,
                descriptorCapacity: 64
            ),
            selection: .listed([]),
            options: Recorder.Options(),
            // None is pushed out, however late they are read: one of them is waited for.
            batchLimit: 1_000
        )
        let sampling = TopSampling(parts)
        let running = Task { await parts.tracer.run() }
        #expect(await sampling.deniedCount() == 0)
        await sampling.settle()
        await sampling.goOn()
        await sampling.endPeriod()
        var hasEnded = false
        for await batch in parts.tracing.batches where batch.endsPeriod {
            hasEnded = true
            break
        }
        #expect(hasEnded)
        await parts.tracer.stop()
        await running.value
        parts.tracing.end()
    }
}
