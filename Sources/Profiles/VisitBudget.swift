// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Limits what visits cost a target: the time it is held.
///
/// Each target has an account, its `PauseAllowance`, that may fall below zero by one visit and must
/// be paid back before the next, so over any stretch the time held is at most the share plus one
/// visit (and a saved second of share).
package struct VisitBudget: Sendable {
    /// What may be spent.
    package struct Limits: Hashable, Sendable {
        /// Time held, as a share of the target's own CPU time.
        package var pauseShare: Double
        /// The agent's CPU time, as a share of all CPUs.
        package var agentShare: Double
        /// The CPUs of the host.
        package var cpuCount: Int
        /// A target whose visits last longer again and again is left alone for a while.
        package var maximumPauseNanoseconds: UInt64

        package init(
            pauseShare: Double = 0.002,
            agentShare: Double = 0.005,
            cpuCount: Int,
            maximumPauseNanoseconds: UInt64 = 10_000_000
        ) {
            self.pauseShare = pauseShare
            self.agentShare = agentShare
            self.cpuCount = max(1, cpuCount)
            self.maximumPauseNanoseconds = maximumPauseNanoseconds
        }

        /// The CPU time that the agent may use, in seconds per second.
        package var agentSecondsPerSecond: Double { agentShare * Double(cpuCount) }
    }

    /// The answer for one visit.
    package enum Permission: Hashable, Sendable {
        case granted
        /// The target has been held for its share already.
        case refused
        /// Its visits have lasted too long.
        case leftAlone
    }

    package var limits: Limits
    /// Stops longer than the maximum.
    package private(set) var overlongPauses: UInt64 = 0

    package init(limits: Limits) {
        self.limits = limits
    }

    /// Whether this target may be visited now.
    package func permits(_ target: PauseAllowance, nowNanoseconds: UInt64) -> Permission {
        if target.backOff.isWaiting(nowNanoseconds: nowNanoseconds) { return .leftAlone }
        return target.nanoseconds < 0 ? .refused : .granted
    }

    /// Credits a target with CPU time that it used; at most a second's worth is saved up.
    package func credit(_ target: inout PauseAllowance, cpuNanoseconds: UInt64) {
        target.nanoseconds = min(
            target.nanoseconds + Double(cpuNanoseconds) * limits.pauseShare,
            1e9 * limits.pauseShare
        )
    }

    /// What a window on a target's system calls may cost: what its visits leave over.
    ///
    /// - Returns: nanoseconds; 0 for less than is worth a window, and while it is to be left alone.
    package func windowGrant(_ target: PauseAllowance, nowNanoseconds: UInt64) -> UInt64 {
        guard permits(target, nowNanoseconds: nowNanoseconds) == .granted else { return 0 }
        let saved = 1e9 * limits.pauseShare
        // Half of what can be saved stays for visits.
        let left = min(target.nanoseconds - saved / 2, Self.dearestWindow)
        return left >= Self.cheapestWindow ? UInt64(left) : 0
    }

    private static let cheapestWindow = 300_000.0
    private static let dearestWindow = 20_000_000.0

    /// Charges a window with the time for which the target's threads were held, one stop after the
    /// other.
    package mutating func chargeWindow(
        _ target: inout PauseAllowance,
        heldNanoseconds: UInt64,
        longestNanoseconds: UInt64,
        nowNanoseconds: UInt64
    ) {
        charge(&target, pauseNanoseconds: longestNanoseconds, nowNanoseconds: nowNanoseconds)
        target.nanoseconds -= Double(heldNanoseconds) - Double(longestNanoseconds)
    }

    /// Charges a visit with the time for which the target was held.
    ///
    /// - Parameter unseenNanoseconds: what the target loses beyond that by its own clock, on its
    ///   way into the stop and out of it.
    package mutating func charge(
        _ target: inout PauseAllowance,
        pauseNanoseconds: UInt64,
        unseenNanoseconds: UInt64 = 0,
        nowNanoseconds: UInt64
    ) {
        target.nanoseconds -= Double(pauseNanoseconds) + Double(unseenNanoseconds)
        let isOverlong = pauseNanoseconds > limits.maximumPauseNanoseconds
        if isOverlong { overlongPauses &+= 1 }
        target.backOff.note(isOverlong: isOverlong, nowNanoseconds: nowNanoseconds)
    }
}
