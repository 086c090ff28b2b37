// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("PprofStrings")
struct PprofStringsTests {
    @Test("each text is there once, and the first is empty")
    func indices() {
        var strings = PprofStrings()
        #expect([strings.index(of: "a"), strings.index(of: "b")] == [1, 2])
        #expect([strings.index(of: ""), strings.index(of: "a")] == [0, 1])
        #expect(strings.texts == ["", "a", "b"])
    }

    @Test("controls are replaced, and what is then equal is one")
    func controls() {
        var strings = PprofStrings()
        #expect(strings.index(of: "a\u{1b}") == strings.index(of: "a\u{7}"))
        #expect(strings.texts == ["", "a\u{fffd}"])
    }
}
