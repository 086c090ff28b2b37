// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler
import Testing

@Suite struct TimedCallsTests {
    @Test func aNameTwiceIsOneName() throws {
        #expect(try TimedCalls(["read", "futex", "read"]).names == ["futex", "read"])
        #expect(try TimedCalls([]) == .none)
    }

    @Test(
        "what is no call is refused, sets among it",
        arguments: [("fuutex", "futex"), ("%file", "%file"), ("", nil)] as [(String, String?)]
    )
    func unknown(name: String, meant: String?) {
        #expect(throws: TimedCalls.Problem.unknown(name, meant: meant)) {
            try TimedCalls(["read", name])
        }
    }

    @Test func moreThanAreKeptAreRefused() {
        let names = [
            "read", "write", "openat", "close", "futex", "poll", "select", "fsync", "fdatasync",
        ]
        #expect(throws: TimedCalls.Problem.tooMany(9)) { try TimedCalls(names) }
        #expect(throws: Never.self) { try TimedCalls(names.dropLast() + ["read"]) }
        #expect(
            TimedCalls.Problem.tooMany(9).description
                == "the durations of 9 system calls are asked for, and those of 8 are kept at most"
        )
    }

    @Test func anUnknownNameIsOneLine() {
        let problem = TimedCalls.Problem.unknown("a\nb", meant: "abc")
        #expect(!problem.description.contains("\n"))
        #expect(problem.description.hasSuffix("; is 'abc' meant?"))
    }
}
