// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// System calls as one JSON object on one line, the most frequent call first.
///
///     {"title":"ls","elapsed_ns":1000000,"stops":20,"coverage":1.0,"calls":10,"errors":1,
///      "syscalls":[{"name":"openat","calls":10,"errors":{"ENOENT":1},
///      "times":{"total_ns":500,"min_ns":20,"max_ns":100,"p50_ns":40,"p99_ns":99}}]}
///
/// Of windows on a running process there is `windows` as well, and each call has a `rate`, which is
/// null where it is not known:
///
///      "rate":{"per_second":99.5,"error":0.02}
///      "windows":{"watched_ns":5000,"held_ns":40,"longest_held_ns":20,"ends":{"time":1}, ...}
///
/// `times` is null where calls were only counted, and its percentiles where calls are so short that
/// they would tell what a stop costs.
package enum CallJSONFormat {
    /// The report as UTF-8.
    package static func encode(_ report: CallReport) -> [UInt8] {
        let rows = report.rows.sorted { CallColumn.calls.ranks($0, before: $1) }
        let text = [
            #"{"title":\#(JSONText.quoted(report.title))"#,
            #""elapsed_ns":\#(report.elapsedNanoseconds),"stops":\#(report.stops)"#,
            #""coverage":\#(report.coverage),"calls":\#(report.calls)"#,
            #""errors":\#(report.errorCount)"#,
            #""windows":\#(report.windows.map(windows) ?? "null")"#,
            #""syscalls":[\#(rows.map(row).joined(separator: ","))]}"#,
        ]
        .joined(separator: ",")
        return Array((text + "\n").utf8)
    }

    private static func row(_ row: CallReport.Row) -> String {
        let errors = row.errors.map { "\(JSONText.quoted($0.name)):\($0.count)" }
            .joined(separator: ",")
        return [
            #"{"name":\#(JSONText.quoted(row.name)),"calls":\#(row.calls)"#,
            #""errors":{\#(errors)},"times":\#(row.times.map(times) ?? "null")"#,
            #""rate":\#(row.rate.map(rate) ?? "null")}"#,
        ]
        .joined(separator: ",")
    }

    private static func rate(_ rate: CallReport.Rate) -> String {
        #"{"per_second":\#(rate.perSecond),"error":\#(rate.error)}"#
    }

    private static func windows(_ windows: CallReport.Windows) -> String {
        [
            #"{"watched_ns":\#(windows.watchedNanoseconds)"#,
            #""held_ns":\#(windows.heldNanoseconds)"#,
            #""longest_held_ns":\#(windows.longestHeldNanoseconds)"#,
            #""ends":\#(counts(windows.ends)),"unwatched":\#(counts(windows.unwatched))"#,
            #""repairs":\#(counts(windows.repairs))"#,
            #""short_transfers":\#(counts(windows.shortTransfers))}"#,
        ]
        .joined(separator: ",")
    }

    private static func counts<Reason>(_ counts: ReasonCounts<Reason>) -> String {
        let pairs = counts.counted.map { #""\#($0.reason.rawValue)":\#($0.count)"# }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func times(_ times: CallReport.Times) -> String {
        let percentiles = times.percentiles
        return [
            #"{"total_ns":\#(times.totalNanoseconds)"#,
            #""min_ns":\#(times.shortestNanoseconds),"max_ns":\#(times.longestNanoseconds)"#,
            #""p50_ns":\#(percentiles.map { String($0.p50Nanoseconds) } ?? "null")"#,
            #""p99_ns":\#(percentiles.map { String($0.p99Nanoseconds) } ?? "null")}"#,
        ]
        .joined(separator: ",")
    }
}
