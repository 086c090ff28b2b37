// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Lowers the rate where the budget refuses visits anyway, and raises it again when it does not.
///
/// A tick whose visits are refused costs a wake-up and tells nothing. All targets earn by the CPU
/// time they use and pay by the visit, so at too high a rate all are refused alike, and one rate
/// serves them all.
package struct RateGovernor: Sendable {
    /// Fewer visits than this in a period say nothing.
    package static let evidenceVisits: UInt64 = 8
    /// Refusals above this share lower the rate, and below the other one it rises again.
    ///
    /// Between them it holds, so that it does not flutter.
    package static let lowerAbove = 0.1
    package static let raiseBelow = 0.02
    /// The part to which one period may lower the rate, and by how much one may raise it.
    package static let steepestFall = 0.5
    package static let rise = 1.1
    /// The lowest rate is this part of the one that was asked for.
    package static let lowestPart = 1.0 / 16

    /// The rate that was asked for.
    package let configured: SamplingRate
    /// The rate to use.
    package private(set) var inForce: SamplingRate
    private var granted: UInt64 = 0
    private var refused: UInt64 = 0

    package init(_ configured: SamplingRate) {
        self.configured = configured
        inForce = configured
    }

    /// Counts a visit that was wanted.
    package mutating func count(isGranted: Bool) {
        if isGranted { granted &+= 1 } else { refused &+= 1 }
    }

    /// Ends a period, and sets the rate for the next.
    package mutating func review() {
        let wanted = granted &+ refused
        // Where nothing runs, nothing is refused: the rate comes back.
        guard wanted == 0 || wanted >= Self.evidenceVisits else { return }
        let share = wanted == 0 ? 0 : Double(refused) / Double(wanted)
        if share > Self.lowerAbove {
            set(inForce.hertz * max(Self.steepestFall, 1 - share))
        } else if share < Self.raiseBelow {
            set(inForce.hertz * Self.rise)
        }
        granted = 0
        refused = 0
    }

    private mutating func set(_ hertz: Double) {
        inForce = SamplingRate(
            hertz: min(max(hertz, configured.hertz * Self.lowestPart), configured.hertz)
        )
    }
}
