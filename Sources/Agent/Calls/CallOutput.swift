// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles

/// Where and how a report of system calls is written.
struct CallOutput {
    /// Nil: standard error, which keeps the command's own output whole.
    let path: String?
    let isJSON: Bool
    let columns: [CallColumn]
    let order: CallColumn?

    /// Writes the whole report.
    ///
    /// - Throws: `Failure`, with the line to print.
    func write(_ report: CallReport) throws {
        let bytes =
            isJSON
            ? CallJSONFormat.encode(report)
            : CallTableFormat.encode(report, columns: columns, sortedBy: order)
                + Array(Self.summary(of: report).utf8)
        guard let path else {
            StandardError.write(String(decoding: bytes, as: UTF8.self))
            return
        }
        try FileBytes.replace(path, with: bytes)
    }

    /// What the table's figures rest on.
    private static func summary(of report: CallReport) -> String {
        let seconds = FixedDecimal.seconds(report.elapsedNanoseconds)
        let coverage = FixedDecimal.percent(UInt64(report.coverage * 10_000), of: 10_000)
        let windows = report.windows.map { self.windows($0, of: report) } ?? ""
        return
            "\(seconds) s, \(report.stops) stops; calls were seen for \(coverage) % of the time\n"
            + windows
    }

    private static func windows(_ windows: CallReport.Windows, of report: CallReport) -> String {
        let share = FixedDecimal.percent(windows.heldNanoseconds, of: report.elapsedNanoseconds)
        var text =
            "held for \(FixedDecimal.seconds(windows.heldNanoseconds)) s (\(share) %), "
            + "\(windows.longestHeldNanoseconds / 1_000) us at most; "
            + "\(windows.ends.total) windows, ended by \(list(windows.ends))\n"
        if windows.unwatched.total > 0 {
            text += "left alone: \(list(windows.unwatched)) threads\n"
        }
        if windows.shortTransfers.total > 0 {
            text += "transfers cut short: \(list(windows.shortTransfers))\n"
        }
        return text
    }

    private static func list<Reason>(_ counts: ReasonCounts<Reason>) -> String {
        let named = counts.counted.map { "\($0.count) \($0.reason.rawValue)" }
        return named.isEmpty ? "nothing" : named.joined(separator: ", ")
    }
}
