// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Rules made ready for use; confined to the actor that made it.
struct RuleMatcher {
    /// What the rules say of a process.
    enum Verdict: Hashable {
        case excluded
        case group(String)
        /// No rule names its group.
        case unnamed
    }

    let rules: TargetRules
    private let included: [PatternMatcher]
    private let excluded: [PatternMatcher]
    private let groups: [(name: GroupTemplate, pattern: PatternMatcher)]

    init(_ rules: TargetRules) throws(RegularExpression.Malformed) {
        self.rules = rules
        included = try Self.ready(rules.included)
        excluded = try Self.ready(rules.excluded)
        let patterns = try Self.ready(rules.groups.map(\.pattern))
        groups = zip(rules.groups, patterns).map { ($0.name, $1) }
    }

    /// Judges a process by the rules.
    func verdict(on process: ProcessDescription) -> Verdict {
        if !included.isEmpty, !included.contains(where: { $0.matches(process) != nil }) {
            return .excluded
        }
        if excludes(process) { return .excluded }
        for group in groups {
            guard let matches = group.pattern.matches(process) else { continue }
            return .group(group.name.name(of: process, matches: matches))
        }
        return .unnamed
    }

    /// Whether a rule excludes a process by itself, whatever else is included.
    func excludes(_ process: ProcessDescription) -> Bool {
        excluded.contains { $0.matches(process) != nil }
    }

    private static func ready(
        _ patterns: [ProcessPattern]
    ) throws(RegularExpression.Malformed) -> [PatternMatcher] {
        var ready: [PatternMatcher] = []
        for pattern in patterns { ready.append(try PatternMatcher(pattern)) }
        return ready
    }
}
