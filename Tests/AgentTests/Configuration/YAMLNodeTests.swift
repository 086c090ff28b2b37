// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct YAMLNodeTests {
    @Test(
        arguments: [
            (.scalar("x"), "'x'"), (.scalar(""), "nothing"), (.sequence([]), "a list"),
            (.mapping([]), "a mapping"),
        ] as [(YAMLNode.Value, String)]
    )
    func saysWhatItIs(value: YAMLNode.Value, kind: String) {
        #expect(YAMLNode(value: value, line: 1).kind == kind)
    }

    @Test func anErrorNamesItsLine() {
        #expect(ConfigurationError(3, "bad").description == "line 3: bad")
        #expect(ConfigurationError(0, "bad").description == "bad")
    }
}
