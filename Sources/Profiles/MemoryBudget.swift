// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Says when the agent is to give memory back: caches go first, for they can be filled again.
package struct MemoryBudget: Sendable {
    /// Between two times that caches are emptied: what the targets need comes back at once, and to
    /// empty it again and again would cost CPU time and save nothing.
    package static let leastIntervalNanoseconds: UInt64 = 60_000_000_000

    /// The most resident memory.
    package var limitBytes: UInt64
    /// How often memory was given back.
    package private(set) var trims: UInt64 = 0
    /// For how long the agent has had more than its limit.
    package private(set) var overNanoseconds: UInt64 = 0
    private var wasOver = false
    private var checkedAt: UInt64?
    private var trimmedAt: UInt64?

    package init(limitBytes: UInt64 = 96 << 20) { self.limitBytes = limitBytes }

    /// Takes in a reading.
    ///
    /// - Returns: whether to empty caches now.
    package mutating func check(residentBytes: UInt64, nowNanoseconds now: UInt64) -> Bool {
        if wasOver, let checkedAt, now > checkedAt { overNanoseconds &+= now - checkedAt }
        checkedAt = now
        wasOver = residentBytes > limitBytes
        guard wasOver else { return false }
        if let trimmedAt, now < trimmedAt &+ Self.leastIntervalNanoseconds { return false }
        trimmedAt = now
        trims &+= 1
        return true
    }
}
