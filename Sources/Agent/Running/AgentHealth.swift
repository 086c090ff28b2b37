// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler

/// The agent's health, read off the tracer's ticks.
struct AgentHealth: Sendable {
    let pulse: TracerPulse
    /// Longest time without a tick that is still healthy.
    let patienceNanoseconds: UInt64

    init(pulse: TracerPulse, periodNanoseconds: UInt64) {
        self.pulse = pulse
        patienceNanoseconds = max(5_000_000_000, 3 * periodNanoseconds)
    }

    func healthy() -> HealthState {
        pulse.isAlive(now: .now(), patienceNanoseconds: patienceNanoseconds)
            ? .healthy
            : .unhealthy(
                reason: "the tracer has not ticked for \(patienceNanoseconds / 1_000_000_000) s"
            )
    }

    func ready() -> HealthState {
        pulse.lastTick == nil
            ? .unhealthy(reason: "the tracer has not begun") : .healthy
    }
}
