// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// The CPU time of work that sampling needs, on whichever threads it is done.
///
/// The threads that it is done on answer requests, too, so it is measured by its pieces.
package final class WorkClock: Sendable {
    private let spent = Atomic<UInt64>(0)

    package init() {}

    /// All that was charged so far.
    package var nanoseconds: UInt64 { spent.load(ordering: .relaxed) }

    /// Does a piece of work, which stays on the calling thread.
    package func charge<Value, Failure: Error>(
        _ work: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let began = Self.threadNanoseconds
        defer { spent.add(Self.threadNanoseconds &- began, ordering: .relaxed) }
        return try work()
    }

    /// The CPU time of the calling thread (clock_gettime(2), `CLOCK_THREAD_CPUTIME_ID`).
    package static var threadNanoseconds: UInt64 {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
        return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
    }
}
