// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ProcessArgumentsTests {
    @Test(
        arguments: [
            ("", [], ""), ("cat\0", ["cat"], "cat"), ("cat\0-n\0", ["cat", "-n"], "cat -n"),
            ("a\0\0b\0", ["a", "", "b"], "a  b"),
            // Without its zero, as it is when it was cut.
            ("a\0b", ["a", "b"], "a b"),
            // What a program wrote over its arguments.
            ("nginx: worker process\0\0\0\0", ["nginx: worker process"], "nginx: worker process"),
        ] as [(String, [String], String)]
    )
    func splitsAtZeros(bytes: String, arguments: [String], text: String) {
        let line = parse(bytes) { ProcessArguments.parse($0) }
        #expect(line.arguments == arguments)
        #expect(line.text == text)
    }

    @Test func boundsTheirNumber() {
        let line = parse(String(repeating: "a\0", count: 5_000)) { ProcessArguments.parse($0) }
        #expect(line.arguments.count == ProcessArguments.maximumArguments)
    }

    @Test func bytesThatAreNoTextAreShownAsSuch() {
        let line = parse([0x61, 0xFF, 0x62, 0x00]) { ProcessArguments.parse($0) }
        #expect(line.arguments == ["a\u{FFFD}b"])
    }
}
