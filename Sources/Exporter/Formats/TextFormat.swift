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
        var lines = header(of: profile) + layout.lines(shown)
        let omitted = table.rows.dropFirst(shown.count)
        if !omitted.isEmpty {
            let rest = omitted.reduce(into: ProfileWeight()) { $0 += $1.own }
            let share = FixedDecimal.percent(rest.nanoseconds, of: table.weight.nanoseconds)
            lines.append("# and \(omitted.count) more functions with \(share)%")
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static let layout = TextTable(
        titles: ["Overhead", "Children", "Samples", "Object", "Symbol"],
        numberColumns: 3
    )

    private static func header(of profile: Profile) -> [String] {
        let weight = profile.weight
        let incomplete = profile.incompleteWeight
        let rate = FixedDecimal.hertz(periodNanoseconds: profile.periodNanoseconds)
        let target = VisibleText(replacingControlsIn: profile.target)
        let duration = FixedDecimal.seconds(profile.durationNanoseconds)
        let seconds = FixedDecimal.seconds(weight.nanoseconds)
        let rateKnown = profile.periodNanoseconds > 0 ? ", at \(rate) Hz" : ""
        return [
            "# Target: \(target)",
            profile.hasClock
                ? "# Event: \(profile.kind.rawValue) time\(rateKnown) for \(duration) s"
                : "# Event: samples, whose time is not known",
            "# Samples: \(weight.samples)" + (profile.hasClock ? ", \(seconds) s" : ""),
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
}
