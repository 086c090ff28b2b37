// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// A column of the table of calls, by the names that `strace -U` has.
package enum CallColumn: String, CaseIterable, Sendable {
    case timePercent = "time-percent"
    case totalTime = "total-time"
    case shortestTime = "min-time"
    case longestTime = "max-time"
    case averageTime = "avg-time"
    case calls
    case errors
    case name
    case p50
    case p99
    case rate
    case rateError = "rate-error"

    /// strace's own columns in their order, and then ours.
    package static let standard: [CallColumn] = [
        .timePercent, .totalTime, .averageTime, .calls, .errors, .name, .p50, .p99, .rate,
        .rateError,
    ]

    /// The column of a name or of one that strace has for it, too.
    package init?(named text: String) {
        switch text {
        case "time", "time-total", "total_time": self = .totalTime
        case "time-percent", "time_percent": self = .timePercent
        case "min_time", "time-min", "shortest": self = .shortestTime
        case "max_time", "time-max", "longest": self = .longestTime
        case "avg_time", "time-avg": self = .averageTime
        case "count": self = .calls
        case "error": self = .errors
        case "syscall", "syscall-name", "syscall_name": self = .name
        default: self.init(rawValue: text)
        }
    }

    /// The heading, and the width that strace gives the column.
    var heading: (text: String, width: Int) {
        switch self {
        case .timePercent: ("% time", 6)
        case .totalTime: ("seconds", 11)
        case .shortestTime: ("shortest", 11)
        case .longestTime: ("longest", 11)
        case .averageTime: ("usecs/call", 11)
        case .calls: ("calls", 9)
        case .errors: ("errors", 9)
        case .name: ("syscall", 16)
        case .p50: ("p50 us", 9)
        case .p99: ("p99 us", 9)
        case .rate: ("calls/s", 10)
        case .rateError: ("+- %", 5)
        }
    }

    /// Whether a row comes before another in a table that is sorted by this column.
    func ranks(_ left: CallReport.Row, before right: CallReport.Row) -> Bool {
        if self == .name { return left.name < right.name }
        let (first, second) = (amount(left), amount(right))
        return first == second ? left.name < right.name : first > second
    }

    private func amount(_ row: CallReport.Row) -> UInt64 {
        switch self {
        case .timePercent, .totalTime: row.times?.totalNanoseconds ?? row.calls
        case .shortestTime: row.times?.shortestNanoseconds ?? 0
        case .longestTime: row.times?.longestNanoseconds ?? 0
        case .averageTime: row.averageNanoseconds
        case .calls: row.calls
        case .errors: row.errorCount
        case .name: 0
        case .p50: row.times?.percentiles?.p50Nanoseconds ?? 0
        case .p99: row.times?.percentiles?.p99Nanoseconds ?? 0
        case .rate: UInt64((row.rate?.perSecond ?? 0) * 1e3)
        case .rateError: UInt64((row.rate?.error ?? 0) * 1e6)
        }
    }
}
