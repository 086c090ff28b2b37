// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("VisibleText")
struct VisibleTextTests {
    @Test(
        "what would not be seen where it stands is replaced, and nothing else",
        arguments: [
            ("f(int)", "f(int)"), ("a\nb\u{1b}[31m", "a\u{fffd}b\u{fffd}[31m"),
            ("\u{85}\u{7f}", "\u{fffd}\u{fffd}"), ("user\u{202e}nimda", "user\u{fffd}nimda"),
            ("\u{2066}x\u{2069}\u{200f}", "\u{fffd}x\u{fffd}\u{fffd}"), ("\u{ffff}", "\u{fffd}"),
            ("Größe🐦 λ", "Größe🐦 λ"), ("a;b", "a;b"),
        ]
    )
    func controls(text: String, expected: String) {
        #expect(VisibleText(replacingControlsIn: text).description == expected)
    }

    @Test("a separator is replaced where one is given")
    func separator() {
        let text = VisibleText(replacingControlsIn: "a;b", separator: ";")
        #expect(text.description == "a\u{fffd}b")
    }
}
