// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a group's processes used since the last reading, as deltas.
///
/// Deltas, not totals: a total over living processes falls when one exits.
package struct GroupUsage: Hashable, Sendable {
    package var userSeconds = 0.0
    package var systemSeconds = 0.0
    /// Time ready to run without a CPU (`schedstat`, second field).
    package var runQueueSeconds = 0.0
    package var voluntaryContextSwitches: UInt64 = 0
    package var involuntaryContextSwitches: UInt64 = 0
    package var majorFaults: UInt64 = 0

    package init() {}

    /// Adds another delta; a duration below 0 or not finite adds nothing.
    package mutating func add(_ delta: Self) {
        userSeconds += Self.growth(delta.userSeconds)
        systemSeconds += Self.growth(delta.systemSeconds)
        runQueueSeconds += Self.growth(delta.runQueueSeconds)
        voluntaryContextSwitches &+= delta.voluntaryContextSwitches
        involuntaryContextSwitches &+= delta.involuntaryContextSwitches
        majorFaults &+= delta.majorFaults
    }

    private static func growth(_ seconds: Double) -> Double {
        seconds.isFinite ? max(0, seconds) : 0
    }
}
