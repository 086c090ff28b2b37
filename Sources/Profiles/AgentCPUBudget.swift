// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Holds the agent to a share of the CPUs, by what its own CPU clocks say it used.
///
/// What can be left out is a tick, so ticks pass unused while the account is overdrawn. All of
/// sampling is paid from the account; of all else, answers to requests among it, only a share of
/// it: whoever asks much must not silence the agent for all others.
package struct AgentCPUBudget: Sendable {
    /// What may be saved up, and owed at most, in time at the share allowed.
    ///
    /// The symbols of a new program cost in one second what several earn. That is paid off in the
    /// seconds after it and doesn't silence the agent for minutes.
    package static let horizonNanoseconds: UInt64 = 10_000_000_000

    /// How much of the account anything but sampling may take.
    package static let otherShare = 0.25

    /// The CPU time allowed, in seconds per second.
    package var limit: Double
    /// The CPU time used lately, in seconds per second: a mean that forgets within the horizon.
    package private(set) var used = 0.0
    /// What was used beyond the share of the account that it may be paid from.
    package private(set) var unchargedNanoseconds = 0.0
    private var balanceNanoseconds: Double
    /// What anything but sampling may take from the balance.
    private var otherNanoseconds: Double
    /// The CPU time used since the beginning: neither part of it falls.
    package private(set) var time: AgentCPUTime
    private var lastNanoseconds: UInt64

    /// - Parameters:
    ///   - limit: seconds of CPU time per second; a share of all CPUs times their number.
    ///   - time: the agent's CPU time now.
    package init(limit: Double, time: AgentCPUTime, nowNanoseconds: UInt64) {
        self.limit = limit
        // A start costs what several seconds earn, and is no reason to begin with a silence.
        balanceNanoseconds = Double(Self.horizonNanoseconds) * limit
        otherNanoseconds = balanceNanoseconds * Self.otherShare
        self.time = time
        lastNanoseconds = nowNanoseconds
    }

    /// Takes in a reading of the agent's CPU clocks.
    ///
    /// - Returns: whether there is CPU time left to spend.
    package mutating func update(_ reading: AgentCPUTime, nowNanoseconds now: UInt64) -> Bool {
        guard now > lastNanoseconds else { return balanceNanoseconds >= 0 }
        let passed = Double(now - lastNanoseconds)
        let sampling = Self.growth(from: time.samplingNanoseconds, to: reading.samplingNanoseconds)
        let other = Self.growth(from: time.otherNanoseconds, to: reading.otherNanoseconds)
        lastNanoseconds = now
        time.samplingNanoseconds = max(time.samplingNanoseconds, reading.samplingNanoseconds)
        time.otherNanoseconds = max(time.otherNanoseconds, reading.otherNanoseconds)

        let earned = passed * limit
        let most = Double(Self.horizonNanoseconds) * limit
        otherNanoseconds = min(
            otherNanoseconds + earned * Self.otherShare,
            most * Self.otherShare
        )
        let charged = min(other, otherNanoseconds)
        otherNanoseconds -= charged
        unchargedNanoseconds += other - charged
        let balance = balanceNanoseconds + earned - sampling - charged
        balanceNanoseconds = min(max(balance, -most), most)
        used +=
            ((sampling + other) / passed - used) * passed
            / (passed + Double(Self.horizonNanoseconds))
        return balanceNanoseconds >= 0
    }

    private static func growth(from before: UInt64, to now: UInt64) -> Double {
        now > before ? Double(now - before) : 0
    }
}
