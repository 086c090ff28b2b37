// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The calls that one thread was seen to make, for their rates.
package struct ThreadCalls: Sendable, Equatable {
    package private(set) var counts: [TracedCall: UInt64] = [:]
    /// Of those, the ones that the kernel counts as well (`TransferCounts`): of files that are read
    /// and written.
    package private(set) var transfers: UInt64 = 0
    /// For how long it was watched, and for how much of that it was held.
    package var watchedNanoseconds: UInt64 = 0
    package var heldNanoseconds: UInt64 = 0

    package init() {}

    /// Counts a call that has returned.
    package mutating func count(_ call: TracedCall, failure: Int32? = nil) {
        counts[call, default: 0] += 1
        transfers += call.countedTransfers(failure: failure)
    }

    /// Takes in what another window saw of the same thread.
    package mutating func merge(_ other: ThreadCalls) {
        counts.merge(other.counts, uniquingKeysWith: +)
        transfers += other.transfers
        watchedNanoseconds += other.watchedNanoseconds
        heldNanoseconds += other.heldNanoseconds
    }
}
