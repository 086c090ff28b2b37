// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct TopKeysTests {
    @Test(
        arguments: [
            ("q", [.quit]), ("\u{3}", [.quit]), ("h?", [.help, .help]),
            ("ftg", [.view(.function), .view(.thread), .view(.group)]), ("w", [.toggleWaits]),
            ("1234", TopOrder.allCases.map { .sort($0) }), ("r p", [.reset, .pause, .pause]),
            ("jk", [.scrollRows(1), .scrollRows(-1)]), ("\u{c}", [.redraw]),
            ("\u{1b}[A\u{1b}[B", [.scrollRows(-1), .scrollRows(1)]),
            ("\u{1b}OA\u{1b}OB", [.scrollRows(-1), .scrollRows(1)]),
            ("\u{1b}[5~\u{1b}[6~", [.scrollPages(-1), .scrollPages(1)]),
            (
                "\u{1b}[H\u{1b}[F\u{1b}[1~\u{1b}[4~",
                [
                    .scrollToTop, .scrollToEnd, .scrollToTop, .scrollToEnd,
                ]
            ),
            // With Shift; a key without a meaning; one without an end, and another after it.
            ("\u{1b}[1;2B", [.scrollRows(1)]), ("\u{1b}[15~x5", [.unknown, .unknown, .unknown]),
            ("\u{1b}[1\u{1b}[A", [.scrollRows(-1)]),
            // Alt, or ESC and then the key.
            ("\u{1b}q", [.quit]), ("\u{1b}\u{1b}[B", [.scrollRows(1)]),
        ] as [(String, [TopAction])]
    )
    func understands(text: String, actions: [TopAction]) {
        var keys = TopKeys()
        #expect(keys.actions(of: text.utf8) == actions)
    }

    @Test func aKeyMayComeInParts() {
        var keys = TopKeys()
        var actions: [TopAction] = []
        for byte in "\u{1b}[5~j".utf8 { actions += keys.actions(of: [byte]) }
        #expect(actions == [.scrollPages(-1), .scrollRows(1)])
    }

    @Test func anEndlessSequenceEnds() {
        var keys = TopKeys()
        let digits = String(repeating: "1", count: 100)
        #expect(keys.actions(of: "\u{1b}[\(digits)".utf8).count < 100)
        #expect(keys.actions(of: "q".utf8) == [.quit])
    }
}
