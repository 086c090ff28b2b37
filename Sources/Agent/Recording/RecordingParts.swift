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
        options: Recorder.Options,
        batchLimit: Int
    ) throws(Errno) {
        tracing = try TracerParts(sampler, batchLimit: batchLimit)
        var options = options
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
            await recorder.update(added: changes.added, removed: changes.removed)
            await tracer.update(added: changes.added, removed: changes.removed)
        }
        return await recorder.hasLivingProcess()
    }
}
