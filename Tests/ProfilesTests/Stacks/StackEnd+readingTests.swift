// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct StackEndReadingTests {
    static let ends: [StackEnd] =
        StackTruncation.allCases.map(StackEnd.truncated) + StackBreak.allCases.map(StackEnd.broken)

    @Test(arguments: ends) func readsItsOwnTitle(end: StackEnd) throws {
        let title = try #require(end.title)
        #expect(StackEnd(title: title) == end)
    }

    @Test(
        arguments: [
            "", "[", "[]", "main", "[truncated: ]", "[truncated: no_rule]", "[broken: copy_end]",
            "truncated: copy_end", "[truncated: copy_end", "[kernel]", "[unknown]",
        ]
    )
    func takesNothingElse(title: String) {
        #expect(StackEnd(title: title) == nil)
    }
}
