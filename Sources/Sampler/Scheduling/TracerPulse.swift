// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The tracer's sign of life, readable from any thread.
package final class TracerPulse: Sendable {
    private let latestTick = Atomic<UInt64>(0)
    private let nextTick = Atomic<UInt64>(0)

    package init() {}

    func beat(_ now: MonotonicInstant) { latestTick.store(now.nanoseconds, ordering: .relaxed) }

    /// Says when the next tick is due; at a low rate that can be minutes ahead.
    func expect(_ instant: MonotonicInstant) {
        nextTick.store(instant.nanoseconds, ordering: .relaxed)
    }

    /// When the tracer last began a tick; nil before the first.
    package var lastTick: MonotonicInstant? {
        let value = latestTick.load(ordering: .relaxed)
        return value == 0 ? nil : MonotonicInstant(nanoseconds: value)
    }

    /// Whether no tick is overdue by more than some time: what a health check and a watchdog ask.
    package func isAlive(now: MonotonicInstant, patienceNanoseconds: UInt64) -> Bool {
        guard let lastTick else { return false }
        let due = max(lastTick.nanoseconds, nextTick.load(ordering: .relaxed))
        return now.nanoseconds(since: MonotonicInstant(nanoseconds: due)) <= patienceNanoseconds
    }
}
