// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Holds the agent to a share of the CPUs, by what its own CPU clock says it used.
///
/// All that it does counts: looks and visits, names of functions, answers to scrapes. What can be
/// left out is a tick, so ticks pass unused while the account is overdrawn.
package struct AgentCPUBudget: Sendable {
    /// What may be saved up, and owed at most, in time at the share allowed.
    ///
    /// A scrape or the symbols of a new program cost in one second what several earn. That is paid
    /// off in the seconds after it and doesn't silence the agent for minutes.
    package static let horizonNanoseconds: UInt64 = 10_000_000_000

    /// The CPU time allowed, in seconds per second.
    package var limit: Double
    /// The CPU time used lately, in seconds per second: a mean that forgets within the horizon.
    package private(set) var used = 0.0
    private var balanceNanoseconds: Double
    private var clockNanoseconds: UInt64
    private var lastNanoseconds: UInt64

    /// - Parameters:
    ///   - limit: seconds of CPU time per second; a share of all CPUs times their number.
    ///   - clockNanoseconds: the agent's CPU clock now.
    package init(limit: Double, clockNanoseconds: UInt64, nowNanoseconds: UInt64) {
        self.limit = limit
        // A start costs what several seconds earn, and is no reason to begin with a silence.
        balanceNanoseconds = Double(Self.horizonNanoseconds) * limit
        self.clockNanoseconds = clockNanoseconds
        lastNanoseconds = nowNanoseconds
    }

    /// Takes in a reading of the agent's CPU clock.
    ///
    /// - Returns: whether there is CPU time left to spend.
    package mutating func update(clockNanoseconds clock: UInt64, nowNanoseconds now: UInt64) -> Bool
    {
        guard now > lastNanoseconds else { return balanceNanoseconds >= 0 }
        let passed = Double(now - lastNanoseconds)
        let spent = clock > clockNanoseconds ? Double(clock - clockNanoseconds) : 0
        lastNanoseconds = now
        clockNanoseconds = max(clock, clockNanoseconds)
        let most = Double(Self.horizonNanoseconds) * limit
        balanceNanoseconds = min(max(balanceNanoseconds + passed * limit - spent, -most), most)
        used += (spent / passed - used) * passed / (passed + Double(Self.horizonNanoseconds))
        return balanceNanoseconds >= 0
    }
}
