// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct DisplayWidthTests {
    @Test(
        arguments: [
            ("abc", 3), ("", 0), ("Größe", 5), ("関数", 4), ("함수", 4), ("🐦", 2),
            ("e\u{301}", 1), ("ａ", 2), ("a\u{200d}b", 2), ("\u{fffd}", 1),
        ]
    )
    func counts(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test(
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd+"), ("abcdef", 1, "+"), ("abcdef", 0, ""),
            ("関数名", 6, "関数名"), ("関数名", 5, "関数+"), ("関数名", 4, "関+"), ("", 3, ""),
            ("abc", .max, "abc"),
        ] as [(String, Int, String)]
    )
    func cuts(text: String, width: Int, cut: String) {
        #expect(DisplayWidth.cut(text, to: width) == cut)
        #expect(DisplayWidth.columns(of: cut) <= width)
    }

    @Test func pads() {
        #expect(DisplayWidth.left("関", in: 4) == "関  ")
        #expect(DisplayWidth.left("abcdef", in: 4) == "abc+")
        #expect(DisplayWidth.right("1", in: 3) == "  1")
        // A number is never cut.
        #expect(DisplayWidth.right("1234", in: 3) == "1234")
    }
}
