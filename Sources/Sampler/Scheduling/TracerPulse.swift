// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The tracer's sign of life, readable from any thread.
package final class TracerPulse: Sendable {
    private let latestTick = Atomic<UInt64>(0)

    package init() {}

    func beat(_ now: MonotonicInstant) { latestTick.store(now.nanoseconds, ordering: .relaxed) }

    /// When the tracer last began a tick; nil before the first.
    package var lastTick: MonotonicInstant? {
        let value = latestTick.load(ordering: .relaxed)
        return value == 0 ? nil : MonotonicInstant(nanoseconds: value)
    }

    /// Whether a tick began within the last seconds: what a health check and a watchdog ask.
    package func isAlive(now: MonotonicInstant, patienceNanoseconds: UInt64) -> Bool {
        guard let lastTick else { return false }
        return now.nanoseconds(since: lastTick) <= patienceNanoseconds
    }
}
