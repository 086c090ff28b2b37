// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Finds families that break the conventions of Prometheus, as `promtool check metrics` would.
///
/// On top of promtool's rules come the ones that a target of this project needs: no label that
/// service discovery sets itself, no clash of sample names, no series twice.
package enum MetricLint {
    /// One broken rule.
    package struct Finding: Equatable, Sendable, CustomStringConvertible {
        package let metric: String
        package let problem: String

        package var description: String { "\(metric): \(problem)" }
    }

    /// Everything wrong with families that are to be exposed together.
    package static func findings(in families: [MetricFamily]) -> [Finding] {
        var found: [Finding] = []
        var sampleNames: Set<String> = []
        for family in families {
            found += findings(inHeaderOf: family)
            found += findings(inSamplesOf: family)
            for name in Self.sampleNames(of: family)
            where !sampleNames.insert(name).inserted {
                found.append(Finding(metric: name, problem: "two families expose this name"))
            }
        }
        return found
    }

    /// What is wrong with the name, unit and help of one family.
    static func findings(inHeaderOf family: MetricFamily) -> [Finding] {
        headerFindings(
            name: family.name.description,
            kind: family.kind,
            unit: family.unit,
            help: family.help.description
        )
    }

    /// What is wrong with a family's header, given by its parts.
    package static func headerFindings(
        name: String,
        kind: MetricFamily.Kind,
        unit: MetricFamily.Unit?,
        help: String
    ) -> [Finding] {
        var problems: [String] = []
        if help.isEmpty { problems.append("no help text") }
        if !isName(name) { problems.append("not snake_case ASCII without colons") }
        if let unit, !name.hasSuffix("_" + unit.rawValue) {
            problems.append("does not end with its unit, \(unit.rawValue)")
        }
        if unit == nil {
            for unit in MetricFamily.Unit.allCases where name.hasSuffix("_" + unit.rawValue) {
                problems.append("ends with \(unit.rawValue) but declares no unit")
            }
        }
        for suffix in ["_total", "_info", "_bucket", "_count", "_sum", "_created"]
        where name.hasSuffix(suffix) {
            problems.append("\(suffix) is for the encoder to add")
        }
        let words = name.split(separator: "_").map(String.init)
        for word in words where reservedWords.contains(word) {
            problems.append("the type does not belong in the name (\(word))")
        }
        for word in words.dropFirst() where abbreviations.contains(word) {
            problems.append("abbreviated unit (\(word))")
        }
        for word in words where foreignUnits.contains(word) {
            problems.append("not a base unit (\(word))")
        }
        return problems.map { Finding(metric: name, problem: $0) }
    }

    private static let reservedWords: Set<String> = ["counter", "gauge", "histogram", "summary"]

    private static let abbreviations: Set<String> = [
        "s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d",
    ]

    private static let foreignUnits: Set<String> = [
        "milliseconds", "microseconds", "nanoseconds", "minutes", "hours", "days", "weeks",
        "kilobytes", "megabytes", "gigabytes", "kibibytes", "mebibytes", "gibibytes", "bits",
        "percent", "percents",
    ]

    private static func sampleNames(of family: MetricFamily) -> [String] {
        let name = family.name.description
        return switch family.kind {
        case .counter: [name + "_total"]
        case .gauge: [name]
        case .info: [name + "_info"]
        case .histogram: [name + "_bucket", name + "_sum", name + "_count", name]
        }
    }

    /// Whether a name is lower case ASCII in snake_case, as metrics and labels of ours are.
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z")
        else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
