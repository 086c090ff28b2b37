// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage

/// The long-lived parts of the agent and how they are joined.
struct AgentParts: Sendable {
    let tracing: TracerParts
    /// What sampling costs off the tracer's thread.
    let work = WorkClock()
    let aggregator: Aggregator
    let targets: TargetWatch
    /// What is sampled for requests through the admin socket.
    let recordings: AgentRecordings
    let canary: CanaryProcess?
    /// What the kernel lets the agent do, tried on the canary.
    let capability: CapabilityProbe
    /// Lives as long as the agent: its pipe's end tells the guard process that the agent is gone.
    let guardian: HelperProcess?

    init(
        sampler: SamplerConfiguration,
        processes: [ProcessID],
        runsCanary: Bool,
        countsInclusive: Bool,
        procRoot: String,
        runtime: RuntimeDirectory?
    ) throws(Errno) {
        let child = try CanaryProcess.start()
        capability = try CapabilityProbe.run(
            on: child.process,
            in: sampler.procRoot,
            method: sampler.engine.method
        ) {
            child.requestRound()
        }
        if !runsCanary { child.end() }
        let canary = runsCanary ? child : nil
        var guardPage: GuardPage?
        var guardian: HelperProcess?
        if sampler.engine.method == .attach {
            let page = try SharedPage.make(in: runtime)
            guardian = try HelperProcess.start(verb: "guard", page: page.descriptor)
            guardPage = GuardPage(descriptor: page.descriptor)
        }
        let helpers = [canary?.process, guardian?.process].compactMap { $0 }
        var sampler = sampler
        sampler.helpers = helpers
        sampler.visits = !capability.isStoppingRefused
        sampler.work = work
        tracing = try TracerParts(sampler, guardPage: guardPage, batchLimit: 16)
        aggregator = Aggregator(
            procRoot: procRoot,
            countsInclusive: countsInclusive,
            work: work
        )
        targets = TargetWatch(
            root: sampler.procRoot,
            selection: processes.isEmpty ? .all : .listed(processes),
            policy: ProtectionPolicy(),
            resolver: GroupResolver { SystemdUnits.unit(of: $0) },
            excludedChildren: Set(helpers),
            mayAttach: sampler.visits,
            work: work
        )
        recordings = AgentRecordings(
            tracer: tracing.tracer,
            aggregator: aggregator,
            targets: targets,
            procRoot: procRoot,
            work: work
        )
        self.canary = canary
        self.guardian = guardian
    }

    var tracer: Tracer { tracing.tracer }

    /// Sets the most memory that the agent may have.
    func limitMemory(to bytes: UInt64) async {
        await aggregator.limitMemory(to: bytes)
        await recordings.limitMemory(to: bytes)
    }
}
