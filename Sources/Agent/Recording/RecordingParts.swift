// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage

/// The parts of one recording and how they are joined.
struct RecordingParts: Sendable {
    let executor: TracerExecutor
    let tracer: Tracer
    let watch: SeizeWatch
    let recorder: Recorder
    let targets: TargetWatch
    let batches: AsyncStream<SampleBatch>

    init(
        sampler: SamplerConfiguration,
        selection: TargetSelection,
        separatesThreads: Bool,
        batchLimit: Int
    ) throws(Errno) {
        executor = try TracerExecutor()
        try Self.start(executor)
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
            guardPage: nil,
            output: output
        )
        var options = Recorder.Options()
        options.separatesThreads = separatesThreads
        options.recordsWaits = sampler.recordsWaits
        recorder = Recorder(options: options)
        targets = TargetWatch(
            root: sampler.procRoot,
            selection: selection,
            policy: ProtectionPolicy(),
            resolver: GroupResolver { _ in nil }
        )
    }

    /// Looks for targets that have begun or ended.
    ///
    /// - Returns: whether any is left that runs.
    @discardableResult
    func discover() async -> Bool {
        let changes = await targets.refresh(now: .now())
        if !changes.isEmpty {
            await recorder.update(added: changes.added)
            await tracer.update(added: changes.added, removed: changes.removed)
        }
        return await recorder.hasLivingProcess()
    }

    private static func start(_ executor: TracerExecutor) throws(Errno) { try executor.start() }
}
