// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Visits a target less, and then not at all for a while, whose visits take too long again and
/// again.
///
/// One long pause is the host's doing more often than the target's. So each long one counts
/// against each short one, and only a target that has many more of them waits, each time longer.
package struct PauseBackOff: Hashable, Sendable {
    /// Long pauses beyond the short ones that are let pass.
    package static let tolerated = 4
    /// The first wait, which doubles with each further long pause up to the longest.
    package static let firstWaitNanoseconds: UInt64 = 250_000_000
    package static let longestWaitNanoseconds: UInt64 = 64_000_000_000
    private static let mostStrikes = tolerated + 9

    private var strikes = 0
    private var waitsUntil: UInt64 = 0

    package init() {}

    /// Takes in a visit.
    package mutating func note(isOverlong: Bool, nowNanoseconds: UInt64) {
        guard isOverlong else {
            strikes = max(0, strikes - 1)
            return
        }
        strikes = min(strikes + 1, Self.mostStrikes)
        guard strikes > Self.tolerated else { return }
        let wait = Self.firstWaitNanoseconds << UInt64(strikes - Self.tolerated - 1)
        waitsUntil = nowNanoseconds &+ min(wait, Self.longestWaitNanoseconds)
    }

    /// Whether the target is to be left alone now.
    package func isWaiting(nowNanoseconds: UInt64) -> Bool { nowNanoseconds < waitsUntil }
}
