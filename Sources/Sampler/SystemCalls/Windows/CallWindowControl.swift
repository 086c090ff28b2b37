// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization
package import SystemPackage

/// What a window shares with other threads: its end on request, and the watch of seizes that block.
package final class CallWindowControl: Sendable {
    let watch: SeizeWatch
    private let stopping = Atomic<Bool>(false)

    /// Longest sleep of a window that has nothing to wait for, so that it hears of its end.
    private static let patienceNanoseconds: UInt64 = 20_000_000

    /// Makes the watch, and its thread, which ends with this value.
    ///
    /// - Throws: the error of eventfd(2).
    package init() throws(Errno) {
        let watch = try SeizeWatch(capacity: CallWindow.Limits.mostThreads)
        self.watch = watch
        Threads.start { watch.run() }
    }

    deinit { watch.stop() }

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
