// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What the sampler counts about itself; every reason is there from 0.
package struct SamplerCounters: Sendable {
    package var ticks: UInt64 = 0
    package var missedTicks = ReasonCounts<MissedTickReason>()
    package var attachAttempts: UInt64 = 0
    package var attachFailures = ReasonCounts<AttachFailureReason>()
    package var droppedSamples = ReasonCounts<DropReason>()
    package var repairs = ReasonCounts<RepairOutcome>()
    package var shortTransfers = ReasonCounts<ShortTransferKind>()
    package var parked = ReasonCounts<ParkReason>()
    package var verifications = ReasonCounts<VerificationResult>()
    package var withheld = ReasonCounts<WithheldReason>()
    /// Nanoseconds for which sampling ran below the rate that was asked for.
    package var throttled = ReasonCounts<ThrottleReason>()

    package init() {}

    /// Adds the counts of another value, such as another tracer thread's.
    package mutating func merge(_ other: Self) {
        ticks &+= other.ticks
        missedTicks.merge(other.missedTicks)
        attachAttempts &+= other.attachAttempts
        attachFailures.merge(other.attachFailures)
        droppedSamples.merge(other.droppedSamples)
        repairs.merge(other.repairs)
        shortTransfers.merge(other.shortTransfers)
        parked.merge(other.parked)
        verifications.merge(other.verifications)
        withheld.merge(other.withheld)
        throttled.merge(other.throttled)
    }
}
