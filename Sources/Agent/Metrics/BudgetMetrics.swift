// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// What the agent may cost, what it does cost, and what it left out to stay within.
enum BudgetMetrics {
    static func families(of tracer: TracerStatus, memory: MemoryBudget) -> [MetricFamily] {
        var throttled = tracer.counters.throttled
        throttled.increment(.memory, by: memory.overNanoseconds)
        return [
            .gauge(
                "ptarmigan_overhead_budget_ratio",
                unit: .ratio,
                help: "The CPU time that the agent may use, as a share of one CPU.",
                value: MetricValue(tracer.limits.agentSecondsPerSecond)
            ),
            .gauge(
                "ptarmigan_overhead_ratio",
                unit: .ratio,
                help: "The CPU time that the agent and its helpers used lately, likewise.",
                value: MetricValue(tracer.agentCPUShare)
            ),
            .counter(
                "ptarmigan_agent_cpu_seconds",
                unit: .seconds,
                help: "CPU time of the agent and its helpers, by what it went into.",
                samples: parts(of: tracer.agentCPUTime)
            ),
            .counter(
                "ptarmigan_uncharged_cpu_seconds",
                unit: .seconds,
                help: "Of it, what requests cost beyond their share of the budget.",
                value: MetricValue(tracer.unchargedSeconds)
            ),
            .gauge(
                "ptarmigan_target_pause_budget_ratio",
                unit: .ratio,
                help: "The time a target may be held, as a share of its own CPU time.",
                value: MetricValue(tracer.limits.pauseShare)
            ),
            .gauge(
                "ptarmigan_memory_budget_bytes",
                unit: .bytes,
                help: "The resident memory that the agent may have.",
                value: MetricValue(memory.limitBytes)
            ),
            .counter(
                "ptarmigan_memory_trims",
                help: "How often caches were emptied because the agent had more.",
                value: MetricValue(memory.trims)
            ),
            .counter(
                "ptarmigan_throttled_seconds",
                unit: .seconds,
                help: "Time below the rate that was asked for, or above the memory allowed.",
                samples: throttled.samples(label: "reason") { MetricValue(Double($0) / 1e9) }
            ),
        ]
    }

    private static func parts(of time: AgentCPUTime) -> [MetricFamily.CounterSample] {
        [("sampling", time.samplingNanoseconds), ("other", time.otherNanoseconds)].map {
            MetricFamily.CounterSample(
                MetricValue(Double($0.1) / 1e9),
                labels: [Label("part", $0.0)]
            )
        }
    }
}
