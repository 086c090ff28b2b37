// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct TransferCountsTests {
    private static let text = """
        rchar: 6976
        wchar: 12
        syscr: 10
        syscw: 3
        read_bytes: 0
        write_bytes: 0
        cancelled_write_bytes: 0

        """

    private func parse(_ text: String) -> TransferCounts? {
        TransferCounts.parse(Array(text.utf8).span)
    }

    @Test func readsTheFirstFourLines() {
        let counts = parse(Self.text)
        #expect(
            counts
                == TransferCounts(readBytes: 6_976, writtenBytes: 12, readCalls: 10, writeCalls: 3)
        )
        #expect(counts?.calls == 13)
    }

    @Test(
        "other bytes are no counts",
        arguments: [
            "", "rchar", "rchar: \n", "rchar: 1\nwchar: 2\nsyscr: 3\n",
            "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: ", "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4",
            "wchar: 1\nrchar: 2\nsyscr: 3\nsyscw: 4\n",
            "rchar: 99999999999999999999\nwchar: 2\nsyscr: 3\nsyscw: 4\n",
        ]
    )
    func refuses(text: String) {
        #expect(parse(text) == nil)
    }

    @Test("what was added; nothing is said of another thread's counts")
    func differences() throws {
        let earlier = TransferCounts(readBytes: 1, writtenBytes: 2, readCalls: 3, writeCalls: 4)
        let later = TransferCounts(readBytes: 11, writtenBytes: 22, readCalls: 33, writeCalls: 44)
        #expect(
            later.since(earlier)
                == TransferCounts(readBytes: 10, writtenBytes: 20, readCalls: 30, writeCalls: 40)
        )
        #expect(earlier.since(later) == nil)
    }
}
