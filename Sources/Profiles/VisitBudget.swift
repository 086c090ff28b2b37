// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Limits what visits cost: each target in time held, the agent in its own CPU time.
///
/// Both are accounts that may fall below zero by one visit and must be paid back before the next,
/// so over any stretch the cost is at most the share plus one visit (and a saved second of share).
/// The caller keeps one `PauseAllowance` per target process; the agent's account is here.
package struct VisitBudget: Sendable {
    /// What may be spent.
    package struct Limits: Hashable, Sendable {
        /// Time held, as a share of the target's own CPU time.
        package var pauseShare: Double
        /// The agent's CPU time, as a share of all CPUs.
        package var agentShare: Double
        /// The CPUs of the host.
        package var cpuCount: Int
        /// One stop that lasts longer is counted as overlong.
        package var maximumPauseNanoseconds: UInt64

        package init(
            pauseShare: Double = 0.002,
            agentShare: Double = 0.005,
            cpuCount: Int,
            maximumPauseNanoseconds: UInt64 = 1_000_000
        ) {
            self.pauseShare = pauseShare
            self.agentShare = agentShare
            self.cpuCount = max(1, cpuCount)
            self.maximumPauseNanoseconds = maximumPauseNanoseconds
        }
    }

    /// The answer for one visit.
    package enum Permission: Hashable, Sendable {
        case granted
        case refused(ThrottleReason)
    }

    package let limits: Limits
    /// Stops longer than the maximum.
    package private(set) var overlongPauses: UInt64 = 0
    private var agentNanoseconds = 0.0
    private var lastNanoseconds: UInt64

    package init(limits: Limits, nowNanoseconds: UInt64) {
        self.limits = limits
        lastNanoseconds = nowNanoseconds
    }

    /// Whether this target may be visited now.
    package mutating func permits(
        _ target: PauseAllowance,
        nowNanoseconds: UInt64
    ) -> Permission {
        refill(to: nowNanoseconds)
        if target.nanoseconds < 0 { return .refused(.pauseBudget) }
        return agentNanoseconds < 0 ? .refused(.cpuBudget) : .granted
    }

    /// Credits a target with CPU time that it used; at most a second's worth is saved up.
    package func credit(_ target: inout PauseAllowance, cpuNanoseconds: UInt64) {
        target.nanoseconds = min(
            target.nanoseconds + Double(cpuNanoseconds) * limits.pauseShare,
            1e9 * limits.pauseShare
        )
    }

    /// Charges a visit: the time the target was held, and the agent's CPU time for it.
    package mutating func charge(
        _ target: inout PauseAllowance,
        pauseNanoseconds: UInt64,
        agentNanoseconds spent: UInt64,
        nowNanoseconds: UInt64
    ) {
        refill(to: nowNanoseconds)
        target.nanoseconds -= Double(pauseNanoseconds)
        agentNanoseconds -= Double(spent)
        if pauseNanoseconds > limits.maximumPauseNanoseconds { overlongPauses &+= 1 }
    }

    private mutating func refill(to now: UInt64) {
        guard now > lastNanoseconds else { return }
        let perNanosecond = limits.agentShare * Double(limits.cpuCount)
        agentNanoseconds = min(
            agentNanoseconds + Double(now - lastNanoseconds) * perNanosecond,
            1e9 * perNanosecond
        )
        lastNanoseconds = now
    }
}
