// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("HTTPDate")
struct HTTPDateTests {
    @Test(
        "days and months in English, all numbers with their zeros",
        arguments: [
            // The first is RFC 9110's own example.
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        ]
    )
    func text(seconds: Int, expected: String) {
        #expect(HTTPDate(seconds: seconds).description == expected)
    }

    @Test("a time beyond all years is no text, and no trap")
    func beyond() {
        #expect(HTTPDate(seconds: .max).description.isEmpty)
    }
}
