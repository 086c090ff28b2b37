// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SystemCallNamesNumbersTests {
    @Test func findsTheNumberOfEachName() {
        for (number, name) in SystemCallNames.byNumber {
            #expect(SystemCallNames.numbers[name.description] == number)
        }
        for (number, name) in SystemCallNames.byNumber32 {
            #expect(SystemCallNames.numbers32[name.description] == number)
        }
        #expect(SystemCallNames.numbers["nonsense"] == nil)
        #expect(SystemCallNames.numbers32["nonsense"] == nil)
    }
}
