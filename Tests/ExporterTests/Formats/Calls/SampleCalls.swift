// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Reports of system calls for tests of their formats.
enum SampleCalls {
    /// A program that waits, opens files that are there and some that are not, and computes.
    static let timed = CallReport(
        title: "find \"/\"",
        elapsedNanoseconds: 1_234_567_890,
        rows: [
            row("openat", 1_000, [("ENOENT", 11), ("EACCES", 1)], 263_200_000, 9_000, 400_000),
            row("futex", 4, [], 431_200_000, 1_000_000, 300_000_000, (2_000_000, 299_000_000)),
            row("close", 1_000, [], 63_200_499, 8_000, 90_000),
        ],
        stops: 4_008,
        coverage: 0.5
    )

    /// The same, only counted.
    static let counted = CallReport(
        title: "find",
        elapsedNanoseconds: 1_000_000_000,
        rows: [
            CallReport.Row(name: "close", calls: 1_000, errors: [], times: nil),
            CallReport.Row(name: "openat", calls: 1_001, errors: [], times: nil),
        ],
        stops: 2_001,
        coverage: 1
    )

    /// A running process that was watched in windows.
    static let watched = CallReport(
        title: "process 42",
        elapsedNanoseconds: 5_000_000_000,
        rows: [
            row(
                "read",
                1_200,
                [("EAGAIN", 200)],
                36_000_000,
                9_000,
                400_000,
                rate: CallReport.Rate(perSecond: 25_431.27, error: 0.0312)
            ),
            row("futex", 4, [], 431_200_000, 1_000_000, 300_000_000, (2_000_000, 299_000_000)),
        ],
        stops: 2_408,
        coverage: 0.0345,
        windows: CallReport.Windows(
            ends: counts([(.pauseBudget, 19), (.time, 1)]),
            watchedNanoseconds: 172_500_000,
            heldNanoseconds: 50_100_000,
            longestHeldNanoseconds: 213_400,
            unwatched: counts([(.tooNew, 1)]),
            repairs: counts([(.repaired, 3)]),
            shortTransfers: counts([])
        )
    )

    private static func counts<Reason>(_ counts: [(Reason, UInt64)]) -> ReasonCounts<Reason> {
        var sum = ReasonCounts<Reason>()
        for (reason, count) in counts { sum.increment(reason, by: count) }
        return sum
    }

    static let empty = CallReport(
        title: "",
        elapsedNanoseconds: 0,
        rows: [],
        stops: 0,
        coverage: 1
    )

    private static func row(
        _ name: String,
        _ calls: UInt64,
        _ errors: [(String, UInt64)],
        _ total: UInt64,
        _ shortest: UInt64,
        _ longest: UInt64,
        _ percentiles: (UInt64, UInt64)? = nil,
        rate: CallReport.Rate? = nil
    ) -> CallReport.Row {
        CallReport.Row(
            name: name,
            calls: calls,
            errors: errors.map { CallReport.ErrorCount(name: $0.0, count: $0.1) },
            times: CallReport.Times(
                totalNanoseconds: total,
                shortestNanoseconds: shortest,
                longestNanoseconds: longest,
                percentiles: percentiles.map {
                    CallReport.Percentiles(p50Nanoseconds: $0.0, p99Nanoseconds: $0.1)
                }
            ),
            rate: rate
        )
    }
}
