// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("UTCTimeText")
struct UTCTimeTextTests {
    @Test(
        "says the time of day",
        arguments: [
            (0, 1_000_000_000, "00:00:00 to 00:00:01 UTC"),
            // date -u -d @1790000100
            (1_790_000_040_999_999_999, 1_790_000_100_000_000_000, "14:14:00 to 14:15:00 UTC"),
            (86_399_000_000_000, 86_400_000_000_000, "23:59:59 to 00:00:00 UTC"),
            (UInt64.max, UInt64.max, "23:34:33 to 23:34:33 UTC"),
        ] as [(UInt64, UInt64, String)]
    )
    func text(from: UInt64, to: UInt64, text: String) {
        #expect(UTCTimeText(from: from, to: to).description == text)
    }
}
