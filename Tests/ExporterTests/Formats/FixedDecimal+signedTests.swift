// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("FixedDecimal+signed")
struct FixedDecimalSignedTests {
    @Test(
        "changes have their sign always",
        arguments: [
            (15.0, 2, "+15.00"), (-0.314, 2, "-0.31"), (0, 2, "+0.00"), (-0.001, 2, "+0.00"),
            (-0.006, 2, "-0.01"), (1234.5, 0, "+1235"), (.nan, 2, "+0.00"),
            (.infinity, 0, "+1000000000000000000"),
        ] as [(Double, Int, String)]
    )
    func signed(value: Double, decimals: Int, text: String) {
        #expect(FixedDecimal.signed(value, decimals: decimals) == text)
    }

    @Test("sizes have none")
    func unsigned() {
        #expect(FixedDecimal.unsigned(2.5, decimals: 2) == "2.50")
        #expect(FixedDecimal.unsigned(0, decimals: 3) == "0.000")
        #expect(FixedDecimal.unsigned(12, decimals: 0) == "12")
    }
}
