// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Lowers the rate where a budget refuses ticks or visits anyway, and raises it again when none
/// does.
///
/// A tick whose visits are refused costs a wake-up and tells nothing. All targets earn by the CPU
/// time they use and pay by the visit, so at too high a rate all are refused alike, and one rate
/// serves them all. The agent's own CPU time goes with the rate just the same.
package struct RateGovernor: Sendable {
    /// Fewer answers than this in a period say nothing.
    package static let leastEvidence: UInt64 = 8
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

    /// What a budget answered since the latest review that had enough to go by.
    private struct Answers {
        var granted: UInt64 = 0
        var refused: UInt64 = 0

        mutating func count(isGranted: Bool) {
            if isGranted { granted &+= 1 } else { refused &+= 1 }
        }

        /// The refused share, and a new beginning; nil if there are too few answers to tell.
        mutating func settle() -> Double? {
            let asked = granted &+ refused
            // Where nothing is asked, nothing is refused: the rate comes back.
            guard asked == 0 || asked >= RateGovernor.leastEvidence else { return nil }
            defer { self = Answers() }
            return asked == 0 ? 0 : Double(refused) / Double(asked)
        }
    }

    /// The rate that is asked for: the usual one, or a higher one for a while.
    package private(set) var configured: SamplingRate
    /// The rate to use.
    package private(set) var inForce: SamplingRate
    /// For how long sampling has run below the configured rate, in nanoseconds, by the reason.
    package private(set) var throttledNanoseconds = ReasonCounts<ThrottleReason>()
    private var visits = Answers()
    private var ticks = Answers()
    private var usual: SamplingRate
    private var raised: SamplingRate?
    /// The part of the usual rate that was in force when it was raised; nil while it is not.
    private var formerPart: Double?
    /// The budget that lowered the rate last.
    private var cause = ThrottleReason.pauseBudget

    package init(_ configured: SamplingRate) {
        self.configured = configured
        inForce = configured
        usual = configured
    }

    /// Asks for another usual rate from now on.
    package mutating func configure(_ rate: SamplingRate) {
        usual = rate
        apply()
    }

    /// Asks for a rate above the usual one for a while; nil ends that.
    ///
    /// The rate is then what it was before: what the budgets had no room for at the higher one says
    /// nothing of the usual one.
    package mutating func raise(to rate: SamplingRate?) {
        raised = rate
        apply()
    }

    private mutating func apply() {
        // As far below it as before: what the budgets had room for is not known better.
        var part = inForce.hertz / configured.hertz
        if let raised, raised.hertz > usual.hertz {
            formerPart = formerPart ?? part
            configured = raised
        } else {
            part = formerPart ?? part
            formerPart = nil
            configured = usual
        }
        set(configured.hertz * part)
    }

    /// Counts a visit that was wanted, and whether the target's pause budget had room for it.
    package mutating func countVisit(isGranted: Bool) { visits.count(isGranted: isGranted) }

    /// Counts a tick, and whether the agent's CPU budget had room for it.
    package mutating func countTick(isGranted: Bool) { ticks.count(isGranted: isGranted) }

    /// Ends a period, and sets the rate for the next.
    package mutating func review(periodNanoseconds: UInt64) {
        if inForce.hertz < configured.hertz {
            throttledNanoseconds.increment(cause, by: periodNanoseconds)
        } else if ticks.refused > 0 {
            throttledNanoseconds.increment(.cpuBudget, by: periodNanoseconds)
        } else if visits.refused > 0 {
            throttledNanoseconds.increment(.pauseBudget, by: periodNanoseconds)
        }
        let refusedVisits = visits.settle()
        let refusedTicks = ticks.settle()
        let greatest = max(refusedVisits ?? 0, refusedTicks ?? 0)
        if greatest > Self.lowerAbove {
            cause = greatest == refusedTicks ? .cpuBudget : .pauseBudget
            set(inForce.hertz * max(Self.steepestFall, 1 - greatest))
        } else if refusedVisits != nil, refusedTicks != nil, greatest < Self.raiseBelow {
            set(inForce.hertz * Self.rise)
        }
    }

    private mutating func set(_ hertz: Double) {
        inForce = SamplingRate(
            hertz: min(max(hertz, configured.hertz * Self.lowestPart), configured.hertz)
        )
    }
}
