// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler

/// The agent's health, read off the tracer's ticks.
struct AgentHealth: Sendable {
    let pulse: TracerPulse

    /// By how much a tick may be overdue.
    private static let patienceSeconds: UInt64 = 5

    func healthy() -> HealthState {
        let isAlive = pulse.isAlive(
            now: .now(),
            patienceNanoseconds: Self.patienceSeconds * 1_000_000_000
        )
        guard !isAlive else { return .healthy }
        return .unhealthy(
            reason: "the tracer has not begun, or a tick is overdue by \(Self.patienceSeconds) s"
        )
    }

    func ready() -> HealthState {
        pulse.lastTick == nil
            ? .unhealthy(reason: "the tracer has not begun") : .healthy
    }
}
