// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A table of what changed between two profiles, for a terminal.
package enum DiffTextFormat {
    /// The difference as UTF-8: lines that begin with `#` and name both sides, then one line for
    /// each function, the one that changed most first.
    ///
    /// "Change", "Base", "New" and "Factor" are of its own weight, "Children" is the change of its
    /// total. Changes always have a sign; of shares they are in percentage points.
    ///
    /// - Parameter maximumRows: how many functions; a last line says how many are left out.
    package static func encode(
        _ comparison: ProfileComparison,
        maximumRows: Int = 1000
    ) -> [UInt8] {
        let diff = ProfileDiff(comparison)
        let unit = Unit(comparison)
        let shown = diff.rows.prefix(max(0, maximumRows))
        var lines = header(of: comparison, unit)
        lines += layout.lines(shown.map { cells($0, unit) })
        let omitted = diff.rows.count - shown.count
        if omitted > 0 { lines.append("# and \(omitted) more functions, which changed less") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static let layout = TextTable(
        titles: ["Change", "Base", "New", "Factor", "Children", "Object", "Symbol"],
        numberColumns: 5
    )

    /// What amounts are in.
    private enum Unit {
        case shares
        case seconds
        case samples

        init(_ comparison: ProfileComparison) {
            if comparison.isNormalized {
                self = .shares
            } else {
                self = comparison.hasClock ? .seconds : .samples
            }
        }

        func amount(_ value: Double) -> String {
            switch self {
            case .shares: FixedDecimal.unsigned(value * 100, decimals: 2) + "%"
            case .seconds: FixedDecimal.unsigned(value / 1e9, decimals: 3) + "s"
            case .samples: FixedDecimal.unsigned(value, decimals: 0)
            }
        }

        func change(_ value: Double) -> String {
            switch self {
            case .shares: FixedDecimal.signed(value * 100, decimals: 2) + "pp"
            case .seconds: FixedDecimal.signed(value / 1e9, decimals: 3) + "s"
            case .samples: FixedDecimal.signed(value, decimals: 0)
            }
        }
    }

    private static func header(of comparison: ProfileComparison, _ unit: Unit) -> [String] {
        let kind = comparison.new.profile.kind.rawValue
        let event =
            switch unit {
            case .shares where comparison.hasClock: "\(kind) time, as shares of each total"
            case .shares: "samples, as shares of each total"
            case .seconds: "\(kind) time, as it is"
            case .samples: "samples, as they are"
            }
        return [
            "# Base: \(words(comparison.base))",
            "# New: \(words(comparison.new))",
            "# Event: \(event)",
            "#",
        ]
    }

    private static func words(_ side: ProfileComparison.Side) -> String {
        // What has no name of its own is called as its file.
        let target = side.name.hasSuffix(side.profile.target) ? "" : ": \(side.profile.target)"
        let title = VisibleText(replacingControlsIn: side.name + target)
        let samples = "\(title), \(side.profile.sampleCount) samples"
        guard side.profile.hasClock else { return samples }
        return "\(samples), \(FixedDecimal.seconds(side.nanoseconds)) s"
    }

    private static func cells(_ row: ProfileDiff.Row, _ unit: Unit) -> [String] {
        [
            unit.change(row.own.difference),
            unit.amount(row.own.base),
            unit.amount(row.own.new),
            factor(row.own),
            unit.change(row.total.difference),
            VisibleText(replacingControlsIn: row.object).description,
            VisibleText(replacingControlsIn: row.function).description,
        ]
    }

    /// How many times as much; "-" where it was and is nothing.
    private static func factor(_ change: ProfileChange) -> String {
        guard let factor = change.factor else { return change.new > 0 ? "new" : "-" }
        return change.new > 0 ? FixedDecimal.unsigned(factor, decimals: 2) + "x" : "gone"
    }
}
