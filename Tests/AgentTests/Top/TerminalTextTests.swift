// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct TerminalTextTests {
    private let lines = [
        TopLine("plain"), TopLine("titles", .titles), TopLine("late", .alarm),
        TopLine("keys", .quiet),
    ]

    private func text(hasColour: Bool, isClean: Bool = false, isFull: Bool = false) -> String {
        TerminalText.screen(lines, hasColour: hasColour, isClean: isClean, isFull: isFull)
    }

    @Test func eachLineHasItsPlace() {
        #expect(
            text(hasColour: false)
                == "\u{1b}[1;1H\u{1b}[2Kplain\u{1b}[2;1H\u{1b}[2Ktitles"
                + "\u{1b}[3;1H\u{1b}[2Klate\u{1b}[4;1H\u{1b}[2Kkeys\u{1b}[5;1H\u{1b}[J"
        )
        #expect(text(hasColour: false, isFull: true).hasSuffix("keys"))
        #expect(text(hasColour: false, isClean: true).hasPrefix("\u{1b}[2J\u{1b}[1;1H"))
    }

    @Test func colourIsLeftOutWhereItIsNotWanted() {
        #expect(text(hasColour: true).contains("\u{1b}[7mtitles\u{1b}[0m"))
        #expect(text(hasColour: true).contains("\u{1b}[31mlate\u{1b}[0m"))
        #expect(!text(hasColour: false).contains("m\u{1b}"))
        #expect(!text(hasColour: false).contains("\u{1b}[7m"))
    }
}
