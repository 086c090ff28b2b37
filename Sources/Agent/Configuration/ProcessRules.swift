// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

/// Reads rules about processes out of a configuration file.
enum ProcessRules {
    private static let parts = [
        "comm", "exe", "cmdline", "cgroup", "unit", "container", "pod", "user",
    ]

    /// One entry of `process_names`: a pattern, and the name of those it matches.
    static func group(_ node: YAMLNode) throws(ConfigurationError) -> GroupRule {
        let mapping = try ConfigurationMapping(
            node,
            at: "process_names",
            known: ["name"] + parts
        )
        // As in process-exporter.
        let text = try mapping.text("name") ?? "{{.ExeBase}}"
        let line = mapping.node("name")?.line ?? node.line
        let name: GroupTemplate
        do throws(GroupTemplate.Problem) {
            name = try GroupTemplate(text)
        } catch {
            throw ConfigurationError(line, "name: \(error)")
        }
        return GroupRule(name: name, pattern: try pattern(mapping, node, at: "process_names"))
    }

    /// One entry of `include` or `exclude`.
    static func pattern(
        _ node: YAMLNode,
        at place: String
    ) throws(ConfigurationError) -> ProcessPattern {
        let mapping = try ConfigurationMapping(node, at: place, known: parts)
        return try pattern(mapping, node, at: place)
    }

    private static func pattern(
        _ mapping: ConfigurationMapping,
        _ node: YAMLNode,
        at place: String
    ) throws(ConfigurationError) -> ProcessPattern {
        var pattern = ProcessPattern()
        pattern.commands = try mapping.texts("comm").map(\.text)
        pattern.executables = try mapping.texts("exe").map(\.text)
        pattern.commandLines = try expressions(mapping, "cmdline")
        pattern.controlGroups = try expressions(mapping, "cgroup")
        pattern.units = try mapping.texts("unit").map(\.text)
        pattern.containers = try mapping.texts("container").map(\.text)
        pattern.pods = try mapping.texts("pod").map(\.text)
        pattern.users = try mapping.texts("user").map(\.text)
        guard !pattern.isEmpty else {
            throw ConfigurationError(
                node.line,
                "an entry of \(place) must say which processes: \(parts.joined(separator: ", "))"
            )
        }
        return pattern
    }

    private static func expressions(
        _ mapping: ConfigurationMapping,
        _ key: String
    ) throws(ConfigurationError) -> [RegularExpression] {
        var expressions: [RegularExpression] = []
        for text in try mapping.texts(key) {
            do throws(RegularExpression.Malformed) {
                expressions.append(try RegularExpression(text.text))
            } catch {
                throw ConfigurationError(text.line, "\(key): \(error)")
            }
        }
        return expressions
    }
}
