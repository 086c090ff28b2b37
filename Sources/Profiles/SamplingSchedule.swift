// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// When to sample: one uniformly random instant in each period.
///
/// Even ticks would march in step with work that is itself periodic; random gaps without a bound
/// would leave holes. So each period has one point, anywhere in it, and two points are less than
/// two periods apart.
///
/// A new rate begins with the next period. Cutting the current one short at its point would sample
/// the time after a change more often than the weight of one over the rate says: with a rate that
/// follows activity, a true share of 20 % came out as 21.7 % in simulation (uncut: 19.4 %).
package struct SamplingSchedule: Sendable {
    /// An instant to sample at, and the rate in force there: the one to weigh its samples by.
    package struct Tick: Hashable, Sendable {
        package let nanoseconds: UInt64
        package let rate: SamplingRate
    }

    /// The rate of the periods to come.
    package var rate: SamplingRate
    /// Instants given out.
    package private(set) var ticks: UInt64 = 0
    /// Instants that had passed before they were asked for: dropped, never caught up.
    package private(set) var missedTicks: UInt64 = 0

    private var nextPeriodNanoseconds: UInt64
    private var generator: SplitMix64

    package init(rate: SamplingRate, startNanoseconds: UInt64, seed: UInt64) {
        self.rate = rate
        nextPeriodNanoseconds = startNanoseconds
        generator = SplitMix64(seed: seed)
    }

    /// Returns the next instant to sample at, later than now.
    package mutating func next(afterNanoseconds now: UInt64) -> Tick {
        let period = rate.periodNanoseconds
        if now > nextPeriodNanoseconds {
            let passed = (now - nextPeriodNanoseconds) / period
            missedTicks += passed
            nextPeriodNanoseconds += passed * period
        }
        var instant = takePeriod(of: period)
        // At most once: the period after this one begins later than now.
        while instant <= now {
            missedTicks += 1
            instant = takePeriod(of: period)
        }
        ticks += 1
        return Tick(nanoseconds: instant, rate: rate)
    }

    /// Lets points pass at which there is nothing to sample.
    ///
    /// They count as used: to wake up for them would have found nothing.
    package mutating func pass(_ count: UInt64) {
        for _ in 0..<count { _ = takePeriod(of: rate.periodNanoseconds) }
        ticks += count
    }

    /// Begins the next period now, where it would begin later: for a rate that is much higher than
    /// the former one.
    package mutating func hasten(nowNanoseconds now: UInt64) {
        nextPeriodNanoseconds = min(nextPeriodNanoseconds, now)
    }

    private mutating func takePeriod(of length: UInt64) -> UInt64 {
        let instant =
            nextPeriodNanoseconds + UInt64.random(in: 0..<length, using: &generator)
        nextPeriodNanoseconds += length
        return instant
    }
}
