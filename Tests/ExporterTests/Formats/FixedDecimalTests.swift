// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("FixedDecimal")
struct FixedDecimalTests {
    @Test(
        "percent has two decimals",
        arguments: [
            (0, 0, "0.00"), (1, 0, "0.00"), (0, 5, "0.00"), (5, 5, "100.00"), (1, 8, "12.50"),
            (2, 3, "66.67"), (1, 20_000, "0.01"), (1, 20_001, "0.00"), (9, 5, "100.00"),
            (UInt64.max, UInt64.max, "100.00"), (UInt64.max / 2, UInt64.max, "50.00"),
        ] as [(UInt64, UInt64, String)]
    )
    func percent(part: UInt64, whole: UInt64, expected: String) {
        #expect(FixedDecimal.percent(part, of: whole) == expected)
    }

    @Test(
        "seconds have three decimals",
        arguments: [
            (0, "0.000"), (499_999, "0.000"), (500_000, "0.001"), (9_900_000_000, "9.900"),
            (UInt64.max, "18446744073.710"),
        ] as [(UInt64, String)]
    )
    func seconds(nanoseconds: UInt64, expected: String) {
        #expect(FixedDecimal.seconds(nanoseconds) == expected)
    }

    @Test(
        "a number has one decimal; what is none is nothing",
        arguments: [
            (0, "0.0"), (0.04, "0.0"), (0.05, "0.1"), (25_431.27, "25431.3"), (-3, "0.0"),
            (.nan, "0.0"), (.infinity, "0.0"), (1e30, "100000000000000000.0"),
        ] as [(Double, String)]
    )
    func tenths(value: Double, expected: String) {
        #expect(FixedDecimal.tenths(value) == expected)
    }

    @Test(
        "a rate has one decimal",
        arguments: [
            (0, "0.0"), (1, "1000000000.0"), (10_101_010, "99.0"), (52_631_579, "19.0"),
            (UInt64.max, "0.0"),
        ] as [(UInt64, String)]
    )
    func hertz(period: UInt64, expected: String) {
        #expect(FixedDecimal.hertz(periodNanoseconds: period) == expected)
    }
}
