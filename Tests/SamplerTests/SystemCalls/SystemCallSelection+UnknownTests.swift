// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SystemCallSelectionUnknownTests {
    @Test(
        arguments: [
            // Begun or ended.
            ("exec", "execve"), ("pread", "pread64"), ("epoll_pw", "epoll_pwait"),
            ("fstatat", "newfstatat"), ("pselect", "pselect6"), ("umoun", "umount2"),
            // Misspelled.
            ("raed", "read"), ("reed", "read"), ("writ", "write"), ("opeant", "openat"),
            ("conect", "connect"), ("READ", "read"), ("Openat", "openat"), (" write", "write"),
            // Sets.
            ("%fil", "%file"), ("%files", "%file"), ("%netwrok", "%network"), ("files", "file"),
            ("%read", nil), ("memmory", "memory"),
            // Nothing near.
            ("", nil), ("x", nil), ("qq", nil), ("nonsense", nil), ("%", nil),
            (String(repeating: "read", count: 1_000), nil),
        ] as [(String, String?)]
    )
    func findsWhatIsMeant(word: String, meant: String?) {
        #expect(SystemCallSelection.suggestion(for: word) == meant)
    }

    @Test func saysItInOneLine() {
        let unknown = SystemCallSelection.Unknown.self
        #expect(
            unknown.word("reed", meant: "read").description
                == "unknown system call 'reed'; is 'read' meant?"
        )
        #expect(
            unknown.word("a\nb\u{1b}", meant: nil).description == "unknown system call 'a?b?'"
        )
        #expect(unknown.empty.description == "no system call is named")
        #expect(unknown.tooLong.description == "more than 4096 bytes of system calls")
        #expect(unknown.tooManyWords.description == "more than 1024 system calls named")
    }
}
