// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler
import Testing

@testable import Agent

@Suite struct ProcessRulesTests {
    private func node(_ text: String) throws -> YAMLNode {
        try YAMLParser.parse(Array(text.utf8))
    }

    @Test func readsEachPart() throws {
        let pattern = try ProcessRules.pattern(
            try node(
                """
                comm: a
                exe: [b, /c]
                cmdline: [d, e]
                cgroup: f
                unit: g
                container: h
                pod: i
                user: [j]
                """
            ),
            at: "include"
        )
        var expected = ProcessPattern()
        expected.commands = ["a"]
        expected.executables = ["b", "/c"]
        expected.commandLines = [try RegularExpression("d"), try RegularExpression("e")]
        expected.controlGroups = [try RegularExpression("f")]
        expected.units = ["g"]
        expected.containers = ["h"]
        expected.pods = ["i"]
        expected.users = ["j"]
        #expect(pattern == expected)
    }

    @Test(arguments: [
        (
            "{}",
            "line 1: an entry of include must say which processes: comm, exe, cmdline, cgroup, "
        ),
        ("name: x", "line 1: 'name' is not known in include; known are comm, "),
        ("comm: {a: b}", "line 1: comm must be text, and is a mapping"),
        ("comm: [[a]]", "line 1: comm must be text, and is a list"),
    ])
    func saysWhatToPutRight(text: String, message: String) {
        #expect {
            try ProcessRules.pattern(try node(text), at: "include")
        } throws: {
            "\($0)".hasPrefix(message)
        }
    }

    @Test func aGroupWithoutANameGoesByItsProgram() throws {
        let rule = try ProcessRules.group(try node("comm: a"))
        #expect(rule.name == (try GroupTemplate("{{.ExeBase}}")))
    }
}
