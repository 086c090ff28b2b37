// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Who waits for batches to be taken in.
struct BatchArrivals {
    private var latest = MonotonicInstant(nanoseconds: 0)
    private var hasEnded = false
    private var waiting: [Entry] = []

    private struct Entry {
        let instant: MonotonicInstant
        let continuation: CheckedContinuation<Void, Never>
    }

    func haveReached(_ instant: MonotonicInstant) -> Bool { hasEnded || latest >= instant }

    mutating func wait(
        for instant: MonotonicInstant,
        _ continuation: CheckedContinuation<Void, Never>
    ) {
        guard !haveReached(instant) else { return continuation.resume() }
        waiting.append(Entry(instant: instant, continuation: continuation))
    }

    /// Lets those go on who wait for a batch that was made at this instant, or before.
    mutating func arrive(_ instant: MonotonicInstant) {
        latest = max(latest, instant)
        for entry in waiting where entry.instant <= latest { entry.continuation.resume() }
        waiting.removeAll { $0.instant <= latest }
    }

    /// Lets all go on.
    mutating func end() {
        hasEnded = true
        for entry in waiting { entry.continuation.resume() }
        waiting.removeAll()
    }
}
