// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct GroupStatesTests {
    @Test(
        arguments: [
            ("R", .running), ("S", .sleeping), ("D", .blocked), ("T", .stopped), ("t", .stopped),
            ("Z", .other), ("X", .other), ("I", .other), ("?", .other),
        ] as [(String, ThreadClass)]
    )
    func stateLettersAreFolded(letter: String, expected: ThreadClass) throws {
        let byte = try #require(letter.utf8.first)
        #expect(ThreadClass(stateLetter: byte) == expected)
    }

    @Test func labelValuesAreTheContract() {
        #expect(SampleState.allCases.map(\.rawValue) == ["on_cpu", "off_cpu", "queued"])
        #expect(
            ThreadClass.allCases.map(\.rawValue)
                == ["running", "sleeping", "blocked", "stopped", "other"]
        )
    }
}
