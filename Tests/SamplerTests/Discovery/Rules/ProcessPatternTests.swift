// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ProcessPatternTests {
    @Test func isEmptyWithoutParts() {
        var pattern = ProcessPattern()
        #expect(pattern.isEmpty)
        pattern.users = ["root"]
        #expect(!pattern.isEmpty)
    }

    @Test(arguments: ["", "java", "-jar (?P<app>[a-z]+)\\.jar", "^a|b$", "a{2,3}"])
    func takesRegularExpressions(text: String) throws {
        #expect(try RegularExpression(text).text == text)
    }

    @Test(arguments: ["(", "*a", "[z-a]", "(?P<x>"])
    func saysWhatIsWrong(text: String) {
        #expect {
            try RegularExpression(text)
        } throws: {
            ("\($0)").hasPrefix("'\(text)' is no regular expression: ")
        }
    }
}
