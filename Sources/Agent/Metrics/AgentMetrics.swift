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
    let logCounts: LogCounts
    /// Nil where there is no web configuration.
    let security: WebSecurityCounter?
    let admin: AdminUsageCounter

    /// What `/metrics` gathers: nothing is stopped and no target is looked at.
    var sources: [MetricsSource] {
        [
            MetricsSource("agent") { .init(agent()) },
            MetricsSource("sampler") { .init(await sampler()) },
            MetricsSource("targets") { .init(await census()) },
            MetricsSource("canary") {
                .init(canary.map { CanaryMetrics.families(of: $0.figures) } ?? [])
            },
            MetricsSource("process") {
                let usage = OwnUsage.read()
                return .init(ProcessMetrics.families(of: usage), isComplete: usage.isComplete)
            },
        ]
    }

    private func agent() -> [MetricFamily] {
        [Self.buildInfo] + ConfigurationMetrics.families(of: reloads.outcome)
            + logCounts.families()
            + (security?.counts ?? WebSecurityCounter.Counts()).families()
            + admin.counts.families()
    }

    private func sampler() async -> [MetricFamily] {
        let snapshot = await aggregator.snapshot()
        var families = GroupMetrics.families(of: snapshot)
        families += CallMetrics.families(of: snapshot)
        families += SamplerMetrics.families(of: snapshot)
        families += ProfileMetrics.families(of: snapshot.profiles)
        if let tracer = snapshot.tracer {
            families += BudgetMetrics.families(of: tracer, memory: snapshot.memory)
        }
        return families
    }

    private func census() async -> [MetricFamily] {
        let census = await targets.census
        var reader = ProcReader()
        return HostMetrics.families(
            census: census,
            idle: await aggregator.idleProcessCount,
            yamaScope: reader.yamaScope().value ?? -1,
            tier: capability.tier,
            hasPriority: hasPriority
        )
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
