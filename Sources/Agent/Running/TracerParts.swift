// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sampler
import SystemPackage

/// A tracer with its thread and its watcher, started, and the batches that it will hand on.
struct TracerParts: Sendable {
    let executor: TracerExecutor
    let tracer: Tracer
    private let watch: SeizeWatch
    let batches: AsyncStream<SampleBatch>
    /// Whether the tracer runs as soon as it has something to do, however busy the CPUs are.
    let hasPriority: Bool

    /// - Parameters:
    ///   - guardPage: where the classic method names the target in hand.
    ///   - batchLimit: how many batches wait; further ones push the oldest out and are counted.
    init(
        _ sampler: SamplerConfiguration,
        guardPage: GuardPage? = nil,
        batchLimit: Int
    ) throws(Errno) {
        executor = try TracerExecutor()
        try Self.start(executor)
        hasPriority = TracerPriority.raise(executor.thread)
        watch = try SeizeWatch()
        let watch = watch
        Threads.start { watch.run() }
        let (batches, output) = AsyncStream.makeStream(
            of: SampleBatch.self,
            bufferingPolicy: .bufferingNewest(batchLimit)
        )
        self.batches = batches
        tracer = try Tracer(
            sampler,
            executor: executor,
            watch: watch,
            guardPage: guardPage,
            output: output
        )
    }

    /// Ends their threads, after the tracer's own end.
    func end() {
        watch.stop()
        executor.stop()
    }

    private static func start(_ executor: TracerExecutor) throws(Errno) { try executor.start() }
}
