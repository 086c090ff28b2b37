// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("ScrapeWait")
struct ScrapeWaitTests {
    @Test(
        "is half a second less than the scraper's time-out, and at most the maximum",
        arguments: [
            (nil, Duration.seconds(5)), ("10", .seconds(5)), ("5.5", .seconds(5)),
            ("3", .milliseconds(2500)), ("0.75", .milliseconds(250)), ("0.5", .zero),
            ("0.1", .zero), ("1e300", .seconds(5)), ("0", .seconds(5)), ("-1", .seconds(5)),
            ("nan", .seconds(5)), ("inf", .seconds(5)), ("ten", .seconds(5)), ("", .seconds(5)),
        ]
    )
    func duration(header: String?, expected: Duration) {
        #expect(ScrapeWait.duration(header: header, maximum: .seconds(5)) == expected)
    }
}
