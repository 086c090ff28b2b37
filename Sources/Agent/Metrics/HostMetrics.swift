// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler

/// What the host allows, and what became of its processes.
enum HostMetrics {
    /// - Parameter idle: how many of the sampled processes used no CPU time lately.
    static func families(
        census: TargetWatch.Census,
        idle: Int,
        yamaScope: Int32,
        tier: CapabilityTier,
        hasPriority: Bool
    ) -> [MetricFamily] {
        // The census and the count of the idle are not of one moment.
        let idle = min(idle, census.sampled)
        return [
            .gauge(
                "ptarmigan_targets",
                help: "Processes by what the agent does about them.",
                samples: [
                    .init(
                        MetricValue(census.sampled - idle),
                        labels: [Label("status", "sampled")]
                    ),
                    .init(MetricValue(idle), labels: [Label("status", "idle")]),
                    .init(MetricValue(census.excluded), labels: [Label("status", "excluded")]),
                    .init(MetricValue(census.denied), labels: [Label("status", "denied")]),
                ]
            ),
            .gauge(
                "ptarmigan_capability_tier",
                help: "What the kernel lets the agent do: 1 all, 2 stop only, 3 neither.",
                value: MetricValue(tier.rawValue)
            ),
            .gauge(
                "ptarmigan_tracer_priority",
                help: "Whether the tracer runs in SCHED_FIFO; without it visits can last long.",
                value: MetricValue(hasPriority ? 1 : 0)
            ),
            .gauge(
                "ptarmigan_yama_ptrace_scope",
                help: "The kernel's ptrace_scope (Yama); -1 where there is none.",
                value: MetricValue(yamaScope)
            ),
        ]
    }
}

/// What the canary suffered.
enum CanaryMetrics {
    static func families(of figures: CanaryPage.Figures) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_canary_rounds",
                help: "Rounds that the canary has done.",
                value: MetricValue(figures.rounds)
            ),
            .counter(
                "ptarmigan_canary_interrupted_waits",
                help: "Waits of the canary that failed though no signal came; must stay 0.",
                value: MetricValue(figures.interruptedWaits)
            ),
            .counter(
                "ptarmigan_canary_short_transfers",
                help: "Transfers of the canary that were cut short.",
                value: MetricValue(figures.shortTransfers)
            ),
            .counter(
                "ptarmigan_canary_signals",
                help: "Signals that the canary received.",
                value: MetricValue(figures.signalsReceived)
            ),
            .counter(
                "ptarmigan_canary_signals_misplaced",
                help: "Signals of the canary that were lost, doubled or out of order; must stay 0.",
                value: MetricValue(figures.signalsMisplaced)
            ),
            .counter(
                "ptarmigan_canary_gap_seconds",
                unit: .seconds,
                help: "Time in which the canary did not run, by its own clock.",
                value: MetricValue(Double(figures.gapNanoseconds) / 1e9)
            ),
            .gauge(
                "ptarmigan_canary_longest_gap_seconds",
                unit: .seconds,
                help: "The longest such time.",
                value: MetricValue(Double(figures.longestGapNanoseconds) / 1e9)
            ),
        ]
    }
}
