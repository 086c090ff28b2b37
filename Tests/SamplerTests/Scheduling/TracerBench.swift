// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// A tracer whose batches a test reads.
struct TracerBench {
    let tracer: Tracer
    let executor: TracerExecutor
    let batches: AsyncStream<SampleBatch>

    /// How a test samples: often, and without regard to the cost.
    static func configuration(hertz: Double, seed: UInt64) -> SamplerConfiguration {
        var configuration = SamplerConfiguration(cpuCount: 2, seed: seed)
        configuration.rate = SamplingRate(hertz: hertz)
        configuration.batchNanoseconds = 20_000_000
        configuration.budget.pauseShare = 1
        configuration.budget.agentShare = .infinity
        return configuration
    }

    init(_ configuration: SamplerConfiguration) throws {
        executor = try TracerExecutor()
        try executor.start()
        let (batches, output) = AsyncStream.makeStream(of: SampleBatch.self)
        self.batches = batches
        tracer = try Tracer(
            configuration,
            executor: executor,
            watch: try SeizeWatch(),
            guardPage: nil,
            output: output
        )
    }

    /// Runs the tracer until `isEnough` says so of a batch, and then to its end.
    func run(until isEnough: (SampleBatch) async -> Bool) async -> [SampleBatch] {
        async let running: Void = tracer.run()
        var seen: [SampleBatch] = []
        var isStopping = false
        for await batch in batches {
            seen.append(batch)
            // Each batch is shown to it, those after the end as well.
            if await isEnough(batch), !isStopping {
                isStopping = true
                await tracer.stop()
            }
        }
        await running
        executor.stop()
        return seen
    }
}

extension ProcChild {
    /// The child as a target.
    func target() throws -> SampledProcess {
        var reader = ProcReader()
        let stat = try #require(reader.stat(of: process).value)
        return SampledProcess(id: process, startTime: stat.startTime, group: .command("test"))
    }
}
