// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// How long one thread has been watched and has waited, where waits are recorded.
///
/// A thread that was blocked at the look before and has not run since was blocked all the time
/// between: that wait is exact. Where it has run in between, only the sum of its waits is known, as
/// what its run time and its time in the run queue leave of the time it was watched.
struct ThreadWait {
    /// When it was last looked at; nil before the first look.
    private(set) var seenAt: MonotonicInstant?
    private(set) var isWaiting = false
    /// Since the last report.
    private var watchedNanoseconds: UInt64 = 0
    /// Exact, in the wait that was reported last, and how many looks found it there.
    private var exactNanoseconds: UInt64 = 0
    private var exactLooks: UInt64 = 0

    /// Whether a longer copy of the stack that it waits in is wanted.
    private var wantsCopy = false

    /// What a look means for the thread's waits.
    enum Change: Equatable {
        /// It runs, or goes on waiting as before.
        case none
        /// It waits, and has run since the look before; `isSample` where there was one.
        case began(isSample: Bool)
    }

    /// Takes in a look.
    ///
    /// - Parameter hasRun: since the look before.
    mutating func observe(at now: MonotonicInstant, isWaiting waits: Bool, hasRun: Bool) -> Change {
        let before = seenAt
        let elapsed = before.map { now.nanoseconds(since: $0) } ?? 0
        watchedNanoseconds += elapsed
        let goesOn = waits && isWaiting && !hasRun
        seenAt = now
        isWaiting = waits
        if goesOn {
            exactNanoseconds += elapsed
            exactLooks += 1
            return .none
        }
        wantsCopy = false
        return waits ? .began(isSample: before != nil) : .none
    }

    /// Takes in that the thread has not run until an instant, without a look at it.
    mutating func goOn(until instant: MonotonicInstant) {
        guard isWaiting, let seenAt, instant > seenAt else { return }
        _ = observe(at: instant, isWaiting: true, hasRun: false)
    }

    /// Notes that the copy of the stack that it waits in was too short.
    mutating func wantCopy() { wantsCopy = isWaiting }

    /// Whether a longer copy is wanted; says so once.
    mutating func takeWantsCopy() -> Bool {
        defer { wantsCopy = false }
        return wantsCopy
    }

    /// The exact wait so far, which counts as told from then on; nil where there is none.
    mutating func takeExact() -> (nanoseconds: UInt64, looks: UInt64)? {
        guard exactLooks > 0 else { return nil }
        defer { (exactNanoseconds, exactLooks) = (0, 0) }
        return (exactNanoseconds, exactLooks)
    }

    /// For how long it was watched since the last report.
    mutating func takeWatched() -> UInt64 {
        defer { watchedNanoseconds = 0 }
        return watchedNanoseconds
    }
}
