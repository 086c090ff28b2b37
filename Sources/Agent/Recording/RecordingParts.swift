// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage

/// The parts of one recording and how they are joined.
struct RecordingParts: Sendable {
    let tracing: TracerParts
    let recorder: Recorder
    let targets: TargetWatch

    init(
        sampler: SamplerConfiguration,
        selection: TargetSelection,
        separatesThreads: Bool,
        batchLimit: Int
    ) throws(Errno) {
        tracing = try TracerParts(sampler, batchLimit: batchLimit)
        Self.hasten(tracing.executor.thread)
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

    var tracer: Tracer { tracing.tracer }

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

    /// Lets the tracer run as soon as a sampling point is there, as an interrupt would; where that
    /// is not permitted, it waits its turn.
    ///
    /// Where all CPUs are busy, the tracer would wait for one of them, and stop its target so much
    /// later: what the target does first after each of its own waits would then be seen too seldom.
    private static func hasten(_ thread: ThreadID) {
        var parameters = sched_param(sched_priority: 1)
        _ = sched_setscheduler(thread.rawValue, SCHED_FIFO, &parameters)
    }
}
