// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler
import ServiceLifecycle

/// Runs the tracer, and at shutdown lets every thread go before anything else ends.
struct SamplingService: Service {
    let parts: AgentParts

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup { group in
                group.addTask { await parts.tracer.run() }
                group.addTask { await aggregate() }
                if let canary = parts.canary {
                    group.addTask { await runCanary(canary) }
                }
                await group.next()
                // The tracer has ended and its stream with it; the canary is waited for by nobody.
                group.cancelAll()
            }
        } onGracefulShutdown: {
            let tracer = parts.tracer
            Task { await tracer.stop() }
        }
        // Its thread has to answer those who give back what they had sampled.
        await parts.recordings.close()
        parts.tracing.end()
        parts.canary?.end()
        parts.guardian?.end()
    }

    /// Takes in what the tracer sees, and tells it how deep stacks are, until it ends.
    private func aggregate() async {
        for await batch in parts.tracing.batches {
            // First, because what has arrived at the aggregator counts as seen.
            var wanted = await parts.recordings.ingest(batch)
            wanted.merge(await parts.aggregator.ingest(batch), uniquingKeysWith: max)
            if !wanted.isEmpty { await parts.tracer.copyStacks(wanted) }
        }
        await parts.aggregator.endBatches()
    }

    private func runCanary(_ canary: CanaryProcess) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(5))
            if Task.isCancelled { return }
            await canary.exercise(with: parts.tracer)
        }
    }
}
