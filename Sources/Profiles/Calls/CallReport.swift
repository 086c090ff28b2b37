// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The system calls of some processes in some time, as they are shown.
package struct CallReport: Sendable, Equatable {
    /// One system call.
    package struct Row: Sendable, Equatable {
        package let name: String
        package let calls: UInt64
        /// Failed calls by the name of their error, the most frequent first.
        package let errors: [ErrorCount]
        /// Nil where calls were only counted.
        package let times: Times?
        /// Nil where it is not known how often the call is made while nobody watches.
        package let rate: Rate?

        package init(
            name: String,
            calls: UInt64,
            errors: [ErrorCount],
            times: Times?,
            rate: Rate? = nil
        ) {
            self.name = name
            self.calls = calls
            self.errors = errors
            self.times = times
            self.rate = rate
        }

        package var errorCount: UInt64 { errors.reduce(0) { $0 + $1.count } }

        package var totalNanoseconds: UInt64 { times?.totalNanoseconds ?? 0 }

        package var averageNanoseconds: UInt64 { calls == 0 ? 0 : totalNanoseconds / calls }
    }

    package struct ErrorCount: Sendable, Equatable {
        /// As ENOENT.
        package let name: String
        package let count: UInt64

        package init(name: String, count: UInt64) {
            self.name = name
            self.count = count
        }
    }

    /// How often a call is made in a second, and by which share of that the figure may be off.
    package struct Rate: Sendable, Equatable {
        package let perSecond: Double
        package let error: Double

        package init(perSecond: Double, error: Double) {
            self.perSecond = perSecond
            self.error = error
        }
    }

    /// What windows on a running process came to.
    package struct Windows: Sendable, Equatable {
        /// Windows by what ended them.
        package let ends: ReasonCounts<CallWindowEnd>
        package let watchedNanoseconds: UInt64
        package let heldNanoseconds: UInt64
        package let longestHeldNanoseconds: UInt64
        /// Threads that ran and were not watched.
        package let unwatched: ReasonCounts<UnwatchedReason>
        package let repairs: ReasonCounts<RepairOutcome>
        package let shortTransfers: ReasonCounts<ShortTransferKind>

        package init(
            ends: ReasonCounts<CallWindowEnd>,
            watchedNanoseconds: UInt64,
            heldNanoseconds: UInt64,
            longestHeldNanoseconds: UInt64,
            unwatched: ReasonCounts<UnwatchedReason>,
            repairs: ReasonCounts<RepairOutcome>,
            shortTransfers: ReasonCounts<ShortTransferKind>
        ) {
            self.ends = ends
            self.watchedNanoseconds = watchedNanoseconds
            self.heldNanoseconds = heldNanoseconds
            self.longestHeldNanoseconds = longestHeldNanoseconds
            self.unwatched = unwatched
            self.repairs = repairs
            self.shortTransfers = shortTransfers
        }
    }

    /// How long calls took by the clock on the wall, what it cost to watch them included.
    package struct Times: Sendable, Equatable {
        package let totalNanoseconds: UInt64
        package let shortestNanoseconds: UInt64
        package let longestNanoseconds: UInt64
        /// Nil where calls are too short for their length to say more than what a stop costs.
        package let percentiles: Percentiles?

        package init(
            totalNanoseconds: UInt64,
            shortestNanoseconds: UInt64,
            longestNanoseconds: UInt64,
            percentiles: Percentiles?
        ) {
            self.totalNanoseconds = totalNanoseconds
            self.shortestNanoseconds = shortestNanoseconds
            self.longestNanoseconds = longestNanoseconds
            self.percentiles = percentiles
        }
    }

    package struct Percentiles: Sendable, Equatable {
        package let p50Nanoseconds: UInt64
        package let p99Nanoseconds: UInt64

        package init(p50Nanoseconds: UInt64, p99Nanoseconds: UInt64) {
            self.p50Nanoseconds = p50Nanoseconds
            self.p99Nanoseconds = p99Nanoseconds
        }
    }

    /// What was watched, for people.
    package let title: String
    package let elapsedNanoseconds: UInt64
    /// In no particular order.
    package let rows: [Row]
    package let stops: UInt64
    /// The share of the threads' time in which their calls were seen, 0 to 1.
    package let coverage: Double
    /// Nil where all of a command was followed.
    package let windows: Windows?

    package init(
        title: String,
        elapsedNanoseconds: UInt64,
        rows: [Row],
        stops: UInt64,
        coverage: Double,
        windows: Windows? = nil
    ) {
        self.title = title
        self.elapsedNanoseconds = elapsedNanoseconds
        self.rows = rows
        self.stops = stops
        self.coverage = coverage
        self.windows = windows
    }

    package var calls: UInt64 { rows.reduce(0) { $0 + $1.calls } }

    package var errorCount: UInt64 { rows.reduce(0) { $0 + $1.errorCount } }

    package var totalNanoseconds: UInt64 { rows.reduce(0) { $0 + $1.totalNanoseconds } }

    package var averageNanoseconds: UInt64 { calls == 0 ? 0 : totalNanoseconds / calls }

    /// Whether the calls are those of windows, which have rates.
    package var hasRates: Bool { windows != nil }

    /// Whether calls were timed, and not only counted.
    package var isTimed: Bool { rows.contains { $0.times != nil } }
}
