// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct ConfigurationMappingTests {
    private func mapping(_ text: String) throws -> ConfigurationMapping {
        try ConfigurationMapping(
            try YAMLParser.parse(Array(text.utf8)),
            at: "",
            known: ["a", "b"]
        )
    }

    @Test func missingAndEmptyKeysAreNil() throws {
        let mapping = try mapping("a:\n")
        #expect(mapping.node("a") == nil)
        #expect(try mapping.text("a") == nil)
        #expect(try mapping.texts("b").isEmpty)
        #expect(try mapping.flag("b") == nil)
        #expect(try mapping.list("b").isEmpty)
    }

    @Test func textsComeWithTheirLines() throws {
        let texts = try mapping("a:\n  - x\n  - y\n").texts("a")
        #expect(texts.map(\.text) == ["x", "y"])
        #expect(texts.map(\.line) == [2, 3])
        #expect(try mapping("a: x\n").texts("a").map(\.text) == ["x"])
    }

    @Test(
        arguments: [
            ("10ms", 10.0), ("0.5s", 500.0), ("250us", 0.25), ("10", nil), ("ms", nil),
            ("-1ms", nil),
            ("1e9s", nil), ("infs", nil), ("nans", nil), ("10 ms", nil),
        ] as [(String, Double?)]
    )
    func numbersAreOfTheirUnit(text: String, value: Double?) throws {
        let mapping = try mapping("a: \(text)\n")
        let read = try? mapping.number(
            "a",
            in: 0.001...60_000,
            endings: [("ms", 1), ("us", 0.001), ("s", 1_000)],
            example: "10ms"
        )
        #expect(read == value)
    }

    @Test func flagsAreWords() throws {
        #expect(try mapping("a: true\n").flag("a") == true)
        #expect(try mapping("a: false\n").flag("a") == false)
        #expect(throws: ConfigurationError.self) { try mapping("a: 1\n").flag("a") }
    }
}
