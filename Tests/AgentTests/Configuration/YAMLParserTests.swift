// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct YAMLParserTests {
    private func parse(_ text: String) throws(ConfigurationError) -> YAMLNode {
        try YAMLParser.parse(Array(text.utf8))
    }

    private func scalar(_ text: String, _ line: Int) -> YAMLNode {
        YAMLNode(value: .scalar(text), line: line)
    }

    @Test func readsValuesWithTheirLines() throws {
        let node = try parse("# first\na: 1\nb:\n  - x\n  - {c: 'y z'}\n")
        let inner = YAMLNode(
            value: .mapping([YAMLEntry(key: "c", line: 5, node: scalar("y z", 5))]),
            line: 5
        )
        let list = YAMLNode(value: .sequence([scalar("x", 4), inner]), line: 4)
        let entries = [
            YAMLEntry(key: "a", line: 2, node: scalar("1", 2)),
            YAMLEntry(key: "b", line: 3, node: list),
        ]
        #expect(node == YAMLNode(value: .mapping(entries), line: 2))
    }

    @Test(arguments: ["", "\n", "# nothing\n", "---\n"])
    func emptyFileIsAnEmptyMapping(text: String) throws {
        #expect(try parse(text).value == .mapping([]))
    }

    @Test(arguments: [
        ("a: [1, 2", 2), ("a: 1\nb: \"x\n", 3), ("a: b: c\n", 1), ("a: 1\n\tb: 2\n", 2),
        ("a: *x\n", 1), ("a: &x 1\nb: *x\n", 2), ("a: 1\na: 2\n", 2), ("a: 1\n---\nb: 2\n", 2),
        ("? [a, b]\n: 1\n", 1), ("a: \u{1}\n", 1),
    ])
    func saysWhereItGoesWrong(text: String, line: Int) {
        #expect {
            try parse(text)
        } throws: {
            ($0 as? ConfigurationError)?.line == line
        }
    }

    @Test func boundsDepthAndNumber() {
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(throws: ConfigurationError.self) { try parse("a: \(deep)") }
        let many = "a: [" + String(repeating: "1, ", count: 50_000) + "1]"
        #expect(throws: ConfigurationError.self) { try parse(many) }
    }

    @Test func neverTrapsOnAnyBytes() {
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "a: ", "- ", "[", "]", "{", "}", "\n", "  ", "'", "\"", "&x ", "*x", "|", "\u{FFFD}",
        ]
        for _ in 0..<2_000 {
            let text = (0..<20).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            _ = try? parse(text)
            let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = try? YAMLParser.parse(bytes)
        }
    }
}
