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

        package init(name: String, calls: UInt64, errors: [ErrorCount], times: Times?) {
            self.name = name
            self.calls = calls
            self.errors = errors
            self.times = times
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

    package init(
        title: String,
        elapsedNanoseconds: UInt64,
        rows: [Row],
        stops: UInt64,
        coverage: Double
    ) {
        self.title = title
        self.elapsedNanoseconds = elapsedNanoseconds
        self.rows = rows
        self.stops = stops
        self.coverage = coverage
    }

    package var calls: UInt64 { rows.reduce(0) { $0 + $1.calls } }

    package var errorCount: UInt64 { rows.reduce(0) { $0 + $1.errorCount } }

    package var totalNanoseconds: UInt64 { rows.reduce(0) { $0 + $1.totalNanoseconds } }

    package var averageNanoseconds: UInt64 { calls == 0 ? 0 : totalNanoseconds / calls }

    /// Whether calls were timed, and not only counted.
    package var isTimed: Bool { rows.contains { $0.times != nil } }
}
