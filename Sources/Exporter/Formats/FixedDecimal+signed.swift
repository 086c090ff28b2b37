// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension FixedDecimal {
    /// A number with its sign, such as `+15.00` or `-0.31`; what is rounded to nothing is `+0.00`.
    static func signed(_ value: Double, decimals: Int) -> String {
        let units = units(value, decimals: decimals)
        return (value < 0 && units > 0 ? "-" : "+") + text(units, decimals: decimals)
    }

    /// The size of a number, such as `15.00`.
    static func unsigned(_ value: Double, decimals: Int) -> String {
        text(units(value, decimals: decimals), decimals: decimals)
    }

    private static func text(_ units: UInt64, decimals: Int) -> String {
        decimals > 0 ? decimal(units, decimals: decimals) : String(units)
    }

    /// How many of the last decimal it is; what is no number is none.
    private static func units(_ value: Double, decimals: Int) -> UInt64 {
        var scaled = abs(value)
        for _ in 0..<decimals { scaled *= 10 }
        return scaled.isNaN ? 0 : UInt64(min(scaled.rounded(), 1e18))
    }
}
