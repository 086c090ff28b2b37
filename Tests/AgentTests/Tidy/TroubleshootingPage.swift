// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// docs/TROUBLESHOOTING.md, in which messages and reasons stand between backquotes.
enum TroubleshootingPage {
    static let path = "docs/TROUBLESHOOTING.md"

    /// Lines that are broken for their length are one line.
    static let text = (SourceTree.text(of: path) ?? "")
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.hasPrefix("#") || $0.hasPrefix("|") ? "\n\($0)\n" : " \($0.trimming)" }
        .joined()

    /// Whether a message stands there as a whole.
    static func quotes(_ message: String) -> Bool { text.contains("`\(message)`") }

    /// What stands behind the first mention of a metric, up to the next heading.
    static func part(about metric: String) -> Substring? {
        guard let reasons = text.firstRange(of: "## Reasons in the metrics"),
            let metric = text[reasons.upperBound...].firstRange(of: "`\(metric)")
        else { return nil }
        let rest = text[metric.upperBound...]
        return rest[..<(rest.firstRange(of: "\n#")?.lowerBound ?? rest.endIndex)]
    }
}

extension Substring {
    /// Without the blanks before it.
    fileprivate var trimming: Substring { drop { $0 == " " } }
}
