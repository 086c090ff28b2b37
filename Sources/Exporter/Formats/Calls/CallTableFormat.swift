// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The table that `strace -c` prints, with percentiles at its right.
///
/// Times are by the clock on the wall (strace's `-w`). Percentiles are blank where calls are so
/// short that they would tell what a stop costs.
package enum CallTableFormat {
    /// The table as UTF-8.
    ///
    /// - Parameters:
    ///   - columns: which columns, in which order.
    ///   - order: the column to sort by; nil leaves the rows in the order of names.
    package static func encode(
        _ report: CallReport,
        columns: [CallColumn] = CallColumn.standard,
        sortedBy order: CallColumn? = .totalTime
    ) -> [UInt8] {
        let columns = columns.filter {
            (report.isTimed || !$0.needsTimes) && (report.hasRates || !$0.needsRates)
        }
        let rows = report.rows.sorted { (order ?? .name).ranks($0, before: $1) }
        let rule = line(columns) { String(repeating: "-", count: $0.heading.width) }
        var text = line(columns) { $0.heading.text }
        text += rule
        for row in rows { text += line(columns) { cell($0, of: row, in: report) } }
        text += rule
        text += line(columns) { total($0, of: report) }
        return Array(text.utf8)
    }

    private static func line(_ columns: [CallColumn], _ text: (CallColumn) -> String) -> String {
        var line = ""
        for (index, column) in columns.enumerated() {
            if index > 0 { line += " " }
            let text = text(column)
            let blank = String(repeating: " ", count: max(0, column.heading.width - text.count))
            line += column == .name ? text + blank : blank + text
        }
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }

    private static func cell(
        _ column: CallColumn,
        of row: CallReport.Row,
        in report: CallReport
    ) -> String {
        switch column {
        case .timePercent:
            return FixedDecimal.percent(row.totalNanoseconds, of: report.totalNanoseconds)
        case .totalTime: return FixedDecimal.preciseSeconds(row.totalNanoseconds)
        case .shortestTime: return FixedDecimal.preciseSeconds(row.times?.shortestNanoseconds ?? 0)
        case .longestTime: return FixedDecimal.preciseSeconds(row.times?.longestNanoseconds ?? 0)
        case .averageTime: return String(row.averageNanoseconds / 1_000)
        case .calls: return String(row.calls)
        case .errors: return row.errorCount == 0 ? "" : String(row.errorCount)
        case .name: return row.name
        case .p50:
            return row.times?.percentiles.map { FixedDecimal.microseconds($0.p50Nanoseconds) } ?? ""
        case .p99:
            return row.times?.percentiles.map { FixedDecimal.microseconds($0.p99Nanoseconds) } ?? ""
        case .rate: return row.rate.map { FixedDecimal.tenths($0.perSecond) } ?? ""
        case .rateError: return row.rate.map { FixedDecimal.tenths($0.error * 100) } ?? ""
        }
    }

    private static func total(_ column: CallColumn, of report: CallReport) -> String {
        switch column {
        case .timePercent: return "100.00"
        case .totalTime: return FixedDecimal.preciseSeconds(report.totalNanoseconds)
        case .shortestTime:
            return FixedDecimal.preciseSeconds(
                report.rows.compactMap { $0.times?.shortestNanoseconds }.min() ?? 0
            )
        case .longestTime:
            return FixedDecimal.preciseSeconds(
                report.rows.compactMap { $0.times?.longestNanoseconds }.max() ?? 0
            )
        case .averageTime:
            return String(report.averageNanoseconds / 1_000)
        case .calls: return String(report.calls)
        case .errors: return report.errorCount == 0 ? "" : String(report.errorCount)
        case .name: return "total"
        case .p50, .p99, .rate, .rateError: return ""
        }
    }
}

extension CallColumn {
    /// Whether the column says nothing where calls were only counted.
    fileprivate var needsTimes: Bool {
        switch self {
        case .calls, .name, .rate, .rateError: false
        case .timePercent, .totalTime, .shortestTime, .longestTime, .averageTime, .errors, .p50,
            .p99:
            true
        }
    }

    /// Whether the column says nothing of a command that was followed from its beginning.
    fileprivate var needsRates: Bool { self == .rate || self == .rateError }
}
