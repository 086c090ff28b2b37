// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct BudgetMetricsTests {
    @Test func showsLimitsUseAndWhatWasLeftOut() {
        var status = TracerStatus()
        status.limits = VisitBudget.Limits(pauseShare: 0.002, agentShare: 0.01, cpuCount: 4)
        status.agentCPUShare = 0.025
        status.agentCPUTime = AgentCPUTime(
            samplingNanoseconds: 1_250_000_000,
            otherNanoseconds: 3_500_000_000
        )
        status.unchargedSeconds = 0.75
        status.counters.throttled.increment(.cpuBudget, by: 1_500_000_000)
        var memory = MemoryBudget(limitBytes: 1_000)
        _ = memory.check(residentBytes: 2_000, nowNanoseconds: 0)
        _ = memory.check(residentBytes: 900, nowNanoseconds: 2_500_000_000)
        let families = BudgetMetrics.families(of: status, memory: memory)
        let text = String(
            decoding: Exposition.encode(families, as: .text).bytes,
            as: UTF8.self
        )
        for line in [
            "ptarmigan_overhead_budget_ratio 0.04", "ptarmigan_overhead_ratio 0.025",
            "ptarmigan_target_pause_budget_ratio 0.002",
            "ptarmigan_throttled_seconds_total{reason=\"cpu_budget\"} 1.5",
            "ptarmigan_throttled_seconds_total{reason=\"pause_budget\"} 0.0",
            "ptarmigan_throttled_seconds_total{reason=\"memory\"} 2.5",
            "ptarmigan_agent_cpu_seconds_total{part=\"sampling\"} 1.25",
            "ptarmigan_agent_cpu_seconds_total{part=\"other\"} 3.5",
            "ptarmigan_uncharged_cpu_seconds_total 0.75",
            "ptarmigan_memory_budget_bytes 1000",
            "ptarmigan_memory_trims_total 1",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
    }
}
