// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A table of functions for a terminal, laid out as `perf report --stdio` does.
package enum TextFormat {
    /// The profile as UTF-8: lines of totals that begin with `#`, then one line for each function,
    /// the heaviest first.
    ///
    /// - Parameter maximumRows: how many functions; a last line says how many are left out.
    package static func encode(_ profile: Profile, maximumRows: Int = 1000) -> [UInt8] {
        let table = FunctionTable(profile)
        let shown = table.rows.prefix(max(0, maximumRows)).map { cells($0, of: table.weight) }
        let widths = titles.indices.map { column in
            min(shown.reduce(titles[column].count) { max($0, $1[column].count) }, maximumWidth)
        }
        var lines = header(of: profile)
        lines.append("# " + line(titles, widths))
        lines.append("# " + line(widths.map { String(repeating: ".", count: $0) }, widths))
        lines.append("#")
        lines += shown.map { "  " + line($0, widths) }
        let omitted = table.rows.dropFirst(shown.count)
        if !omitted.isEmpty {
            let rest = omitted.reduce(into: ProfileWeight()) { $0 += $1.own }
            let share = FixedDecimal.percent(rest.nanoseconds, of: table.weight.nanoseconds)
            lines.append("# and \(omitted.count) more functions with \(share)%")
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static let titles = ["Overhead", "Children", "Samples", "Object", "Symbol"]
    /// Numbers stand to the right in their columns, names to the left.
    private static let numberColumns = 3
    /// A longer name is shown whole and moves its own line alone.
    private static let maximumWidth = 60

    private static func header(of profile: Profile) -> [String] {
        let weight = profile.weight
        let incomplete = profile.incompleteWeight
        let rate = FixedDecimal.hertz(periodNanoseconds: profile.periodNanoseconds)
        let target = VisibleText(replacingControlsIn: profile.target)
        return [
            "# Target: \(target)",
            "# Event: \(profile.kind.rawValue) time, at \(rate) Hz for "
                + "\(FixedDecimal.seconds(profile.durationNanoseconds)) s",
            "# Samples: \(weight.samples), \(FixedDecimal.seconds(weight.nanoseconds)) s",
            "# Stacks without their outermost callers: "
                + FixedDecimal.percent(incomplete.nanoseconds, of: weight.nanoseconds) + "%",
            "#",
        ]
    }

    private static func cells(_ row: FunctionTable.Row, of whole: ProfileWeight) -> [String] {
        [
            FixedDecimal.percent(row.own.nanoseconds, of: whole.nanoseconds) + "%",
            FixedDecimal.percent(row.total.nanoseconds, of: whole.nanoseconds) + "%",
            String(row.own.samples),
            VisibleText(replacingControlsIn: row.object).description,
            VisibleText(replacingControlsIn: row.function).description,
        ]
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
            if column > 0 { line += "  " }
            line += column < numberColumns ? padding + cell : cell + padding
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
