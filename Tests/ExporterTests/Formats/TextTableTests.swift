// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("TextTable")
struct TextTableTests {
    @Test("numbers stand to the right, names to the left, and no line ends in spaces")
    func columns() {
        let table = TextTable(titles: ["Count", "Object", "Symbol"], numberColumns: 1)
        #expect(
            table.lines([["1", "a", "f"], ["1000000", "lib", "g"]]) == [
                "#   Count  Object  Symbol", "# .......  ......  ......", "#",
                "        1  a       f", "  1000000  lib     g",
            ]
        )
    }

    @Test("a long name moves its own line alone")
    func long() {
        let table = TextTable(titles: ["A", "B"], numberColumns: 0)
        let long = String(repeating: "x", count: 100)
        let lines = table.lines([[long, "1"], ["a", "2"]])
        #expect(lines[3] == "  \(long)  1")
        #expect(lines[4] == "  a" + String(repeating: " ", count: 61) + "2")
    }
}
