// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What the tracer says of itself: counts since it began, and its present state.
package struct TracerStatus: Sendable {
    package var counters = SamplerCounters()
    package var pauses = PauseHistogram()
    package var parkedThreads = 0
    /// Parked threads that are older than a second.
    package var stuckThreads = 0
    package var descriptors = DescriptorCache.Counters()
    package var seizeRescues: UInt64 = 0
    package var lateReleases: UInt64 = 0
    package var overlongPauses: UInt64 = 0
    /// The rate in force.
    package var rate = SamplingRate(hertz: 19)
    package var lastSampleAt: MonotonicInstant?
    /// CPU time that the agent and its helpers used lately, in seconds per second.
    package var agentCPUShare = 0.0
    /// CPU time of the agent and its helpers.
    package var agentCPUTime = AgentCPUTime()
    /// CPU time of requests beyond what they may take of the agent's budget.
    package var unchargedSeconds = 0.0
    package var limits = VisitBudget.Limits(cpuCount: 1)
    /// Whether an operator has stopped all visits.
    package var isPaused = false

    package init() {}
}
