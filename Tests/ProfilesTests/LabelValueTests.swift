// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite("LabelValue")
struct LabelValueTests {
    @Test(
        "keeps ordinary text and replaces what is not text",
        arguments: [
            ("", ""),
            ("nginx: worker", "nginx: worker"),
            ("\u{e9}\u{65e5}\u{672c}", "\u{e9}\u{65e5}\u{672c}"),
            ("a\nb\tc\u{0}d\u{7f}e\u{85}f", "a?b?c?d?e?f"),
            ("evil\u{202e}txt\u{2066}\u{2028}\u{200f}", "evil?txt???"),
            ("quote\" and \\", "quote\" and \\"),
        ]
    )
    func text(input: String, expected: String) {
        #expect(LabelValue(sanitising: input).text == expected)
    }

    @Test("replaces invalid UTF-8 by U+FFFD")
    func invalid() {
        #expect(LabelValue(sanitising: [0x61, 0xff, 0x62]).text == "a\u{fffd}b")
        #expect(LabelValue(sanitising: [0xe6, 0x97]).text == "\u{fffd}")
    }

    @Test("leaves 160 characters as they are, and cuts 161 to 160")
    func cut() {
        let longest = String(repeating: "\u{65e5}", count: 160)
        #expect(LabelValue(sanitising: longest).text == longest)

        let cut = LabelValue(sanitising: longest + "x").text
        #expect(cut.unicodeScalars.count == 160)
        #expect(cut.hasPrefix(String(repeating: "\u{65e5}", count: 151) + "~"))
        #expect(cut.utf8.suffix(8).allSatisfy { "0123456789abcdef".utf8.contains($0) })
    }

    @Test("cut names stay apart, and the same name is always cut to the same value")
    func unique() {
        let prefix = String(repeating: "a", count: 100_000)
        let left = LabelValue(sanitising: prefix + "left")
        let right = LabelValue(sanitising: prefix + "right")
        #expect(left != right)
        #expect(left == LabelValue(sanitising: prefix + "left"))
        #expect(left.text == String(repeating: "a", count: 151) + "~b85ad29d")
    }

    @Test("takes literals and numbers")
    func literals() {
        #expect(LabelValue("other") == LabelValue(sanitising: "other"))
        #expect(LabelValue(-7).text == "-7")
        #expect(LabelValue(UInt64.max).text == "18446744073709551615")
    }
}
