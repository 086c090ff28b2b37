// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension CallWindow {
    /// What ends a window.
    package struct Limits: Sendable {
        /// Its time.
        package var nanoseconds: UInt64
        /// Stops of all threads together.
        package var stops: UInt64
        /// For how long the threads may be held together, and what they earn to it while the window
        /// lasts, as a share of its time.
        package var heldNanoseconds: UInt64
        package var heldShare: Double
        /// Most threads that are attached to at a time.
        package var threads = Limits.mostThreads
        /// Whether threads that are mostly in the kernel are interrupted, too, at the risk of their
        /// transfers.
        package var visitsKernel = false

        package init(
            nanoseconds: UInt64,
            stops: UInt64 = 1_000_000,
            heldNanoseconds: UInt64,
            heldShare: Double = 0
        ) {
            self.nanoseconds = nanoseconds
            self.stops = stops
            self.heldNanoseconds = heldNanoseconds
            self.heldShare = heldShare
        }

        /// Whether a window may go on.
        ///
        /// What is attached to may each be held once more before all of it is let go.
        func permits(
            heldNanoseconds held: UInt64,
            attachedCount: Int,
            elapsedNanoseconds: UInt64
        ) -> Bool {
            let owed = Double(attachedCount) * Self.nanosecondsPerStop
            let permitted = Double(heldNanoseconds) + heldShare * Double(elapsedNanoseconds)
            return Double(held) + owed <= permitted
        }

        package static let mostThreads = 64
        /// Most descriptors of `/proc` files that are kept while threads are looked at.
        static let descriptors = 512
        /// Most threads of a process that are looked at.
        static let lookedAt = 4_096
        static let stopsPerSweep: UInt64 = 64
        /// What one stop costs, for what is still to come.
        static let nanosecondsPerStop = 20_000.0
        /// What a thread loses to a stop by its own clock, beyond what the tracer sees of it: on
        /// another CPU, on the tracer's, and on another one while the tracer's was asleep
        /// (docs/PERFORMANCE.md).
        static let unseenNanoseconds: UInt64 = 5_000
        static let sharedNanoseconds: UInt64 = 26_000
        static let wakeNanoseconds: UInt64 = 55_000
        /// For how long to look for the next stop before sleeping: calls that are not farther apart
        /// then wait for no CPU to wake up, which would hold their thread for five times as long.
        static let spinNanoseconds: UInt64 = 2_000_000
        /// The least time between two rounds of looks, and what each thread adds to it, so that
        /// looking takes no more than a twentieth of the time.
        static let lookNanoseconds: UInt64 = 50_000
        static let lookNanosecondsPerThread: UInt64 = 25_000
        /// For how long what is known of a thread's transfers stands.
        static let guardNanoseconds: UInt64 = 20_000_000
        /// So many lists in a row without a living thread are the end of the process.
        static let emptyLists = 10
        static let listNanoseconds: UInt64 = 100_000_000
        static let emptyListNanoseconds: UInt64 = 5_000_000
        /// For how long the end waits for threads that make calls to come to one.
        static let graceNanoseconds: UInt64 = 300_000
        /// For how long it waits for stops that are on the way.
        static let settleNanoseconds: UInt64 = 1_000_000_000
        /// Most events that are answered at the very end.
        static let eventsAtEnd = 4_096
    }

    /// What a window saw, and what it cost.
    package struct Outcome: Sendable {
        package var tally = CallTally()
        package var threads: [ThreadID: ThreadCalls] = [:]
        /// What it learned of the threads, for the next one.
        package var guards: [ThreadID: EntryGuard]
        package var end: CallWindowEnd?
        /// From its beginning to the moment from which nothing is held any more.
        package var nanoseconds: UInt64 = 0
        /// Time held, of all threads together: at most this long.
        package var heldNanoseconds: UInt64 = 0
        package var longestHeldNanoseconds: UInt64 = 0
        /// Each stop, in seconds.
        package var pauses = PauseHistogram()
        /// Threads that were found running and left alone, each counted once.
        package var unwatched: [ThreadID: UnwatchedReason] = [:]
        package var repairs = ReasonCounts<RepairOutcome>()
        package var shortTransfers = ReasonCounts<ShortTransferKind>()
        /// Why the kernel refused an attach, the last time it did.
        package var refusal: AttachRefusal?

        init(guards: [ThreadID: EntryGuard]) { self.guards = guards }
    }
}
