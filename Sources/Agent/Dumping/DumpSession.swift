// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage

/// One run of `dump`: samples one process until each thread has been seen once.
struct DumpSession {
    let sampler: SamplerConfiguration
    let process: ProcessID
    let timeout: Duration

    /// - Throws: `Failure`, with the line to print.
    func run() async throws -> ProcessDump {
        try Failure.checkTargets([process], in: sampler.procRoot)
        let parts = try makeParts()
        let dumper = Dumper(process)
        let targets = TargetWatch(
            root: sampler.procRoot,
            selection: .listed([process]),
            policy: ProtectionPolicy(),
            resolver: GroupResolver { _ in nil }
        )
        let began = RealTime.nanoseconds
        let changes = await targets.refresh(now: .now())
        await parts.tracer.update(added: changes.added, removed: changes.removed)
        await sample(parts, into: dumper)
        parts.end()
        return await dumper.finish(startNanoseconds: began)
    }

    private func sample(_ parts: TracerParts, into dumper: Dumper) async {
        async let sampling: Void = parts.tracer.run()
        let end = ContinuousClock.now + timeout
        var isStopping = false
        for await batch in parts.batches {
            let wanted = await dumper.ingest(batch)
            guard !isStopping else { continue }
            await parts.tracer.copyStacks(wanted)
            if await dumper.isComplete() || ContinuousClock.now >= end {
                isStopping = true
                await parts.tracer.stop()
            }
        }
        await sampling
    }

    private func makeParts() throws -> TracerParts {
        do {
            return try TracerParts(sampler, batchLimit: 256)
        } catch {
            throw Failure(.failed, "the tracer can't be started: \(error)")
        }
    }
}
