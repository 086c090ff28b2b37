// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A pattern with its expressions made ready.
struct PatternMatcher {
    private let source: ProcessPattern
    private let commandLines: [Regex<AnyRegexOutput>]
    private let controlGroups: [Regex<AnyRegexOutput>]

    init(_ source: ProcessPattern) throws(RegularExpression.Malformed) {
        self.source = source
        var commandLines: [Regex<AnyRegexOutput>] = []
        for expression in source.commandLines { commandLines.append(try expression.compiled()) }
        var controlGroups: [Regex<AnyRegexOutput>] = []
        for expression in source.controlGroups { controlGroups.append(try expression.compiled()) }
        self.commandLines = commandLines
        self.controlGroups = controlGroups
    }

    /// What the named groups matched; nil where the pattern does not match.
    func matches(_ process: ProcessDescription) -> [String: String]? {
        guard !source.isEmpty,
            Self.holds(source.commands, { CommandName.kept(of: $0) == process.command }),
            Self.holds(source.executables, { matches(executable: $0, of: process) }),
            Self.holds(source.users, { Self.matches(shell: $0, process.user) }),
            Self.holds(source.units, { Self.matches(shell: $0, process.unit) }),
            Self.holds(source.containers, { Self.matches(shell: $0, process.container) }),
            Self.holds(source.pods, { Self.matches(shell: $0, process.pod) }),
            Self.holds(controlGroups, { Self.isFound($0, in: process.controlGroup) })
        else { return nil }
        var named: [String: String] = [:]
        for expression in commandLines {
            guard let match = try? expression.firstMatch(in: process.commandLine) else {
                return nil
            }
            for element in match.output {
                if let name = element.name, let text = element.substring {
                    named[name] = String(text)
                }
            }
        }
        return named
    }

    /// Whether a part of the pattern holds: without values it does.
    private static func holds<Value>(_ values: [Value], _ test: (Value) -> Bool) -> Bool {
        values.isEmpty || values.contains(where: test)
    }

    private func matches(executable: String, of process: ProcessDescription) -> Bool {
        executable == (executable.contains("/") ? process.executable : process.executableBase)
    }

    private static func matches(shell pattern: String, _ text: String) -> Bool {
        !text.isEmpty && fnmatch(pattern, text, 0) == 0
    }

    private static func isFound(_ expression: Regex<AnyRegexOutput>, in text: String) -> Bool {
        (try? expression.firstMatch(in: text)) != nil
    }
}
