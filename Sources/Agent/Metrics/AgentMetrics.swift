// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler

/// Everything that `/metrics` shows of the agent, from what it has counted.
struct AgentMetrics: Sendable {
    let aggregator: Aggregator
    let targets: TargetWatch
    let canary: CanaryProcess?
    let capability: CapabilityProbe
    let hasPriority: Bool
    let reloads: ReloadState

    /// Reads the counts; nothing is stopped and no target is looked at.
    func families() async -> [MetricFamily] {
        let snapshot = await aggregator.snapshot()
        let census = await targets.census
        var reader = ProcReader()
        let yama = reader.yamaScope().value ?? -1
        var families = [Self.buildInfo]
        families += GroupMetrics.families(of: snapshot)
        families += SamplerMetrics.families(of: snapshot)
        if let tracer = snapshot.tracer {
            families += BudgetMetrics.families(of: tracer, memory: snapshot.memory)
        }
        families += ConfigurationMetrics.families(of: reloads.outcome)
        families += HostMetrics.families(
            census: census,
            yamaScope: yama,
            tier: capability.tier,
            hasPriority: hasPriority
        )
        if let canary { families += CanaryMetrics.families(of: canary.figures) }
        families += ProcessMetrics.families(of: OwnUsage.read())
        return families
    }

    private static var buildInfo: MetricFamily {
        .info(
            "ptarmigan_build",
            help: "The program's version and what it was built for.",
            labels: [
                Label("version", sanitising: Version.text),
                Label("arch", sanitising: architecture),
            ]
        )
    }

    #if arch(x86_64)
    private static let architecture = "x86_64"
    #else
    private static let architecture = "arm64"
    #endif
}
