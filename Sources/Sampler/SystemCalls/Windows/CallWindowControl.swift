// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// What a window shares with other threads: its end on request, and the watch of seizes that block.
package final class CallWindowControl: Sendable {
    package let watch: SeizeWatch
    private let stopping = Atomic<Bool>(false)

    /// Longest sleep of a window that has nothing to wait for, so that it hears of its end.
    private static let patienceNanoseconds: UInt64 = 20_000_000

    /// - Parameter watch: one of its own, whose `run` has a thread.
    package init(watch: SeizeWatch) { self.watch = watch }

    /// Whether the window shall end.
    package var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// Asks for the end.
    package func stop() { stopping.store(true, ordering: .relaxed) }

    /// Sleeps until an instant, for a moment at most.
    func sleep(until instant: MonotonicInstant) {
        let now = MonotonicInstant.now()
        guard instant > now else { return }
        let nanoseconds = min(instant.nanoseconds(since: now), Self.patienceNanoseconds)
        var time = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds))
        nanosleep(&time, nil)
    }
}
