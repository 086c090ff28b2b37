// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct PtarmiganTests {
    @Test(arguments: [
        ("wrong", "wrong"), ("one of:\n  - a\n  - b", "one of: a b"), ("", ""), ("a\n\nb", "a b"),
    ])
    func putsAMessageOnOneLine(message: String, line: String) {
        #expect(Ptarmigan.oneLine(message) == line)
    }
}
