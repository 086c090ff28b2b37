// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them, with a fixed number of decimals; rounded half up.
package enum FixedDecimal {
    /// A part of a whole in percent, such as `12.50`; of nothing, everything is `0.00`.
    package static func percent(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0 else { return "0.00" }
        // A part larger than the whole is a fault elsewhere, and no reason to trap here.
        let product = min(part, whole).multipliedFullWidth(by: 10_000)
        let (quotient, remainder) = whole.dividingFullWidth(product)
        let half = whole / 2 + whole % 2
        return decimal(quotient + (remainder >= half ? 1 : 0), decimals: 2)
    }

    /// Nanoseconds in seconds, such as `9.900`.
    package static func seconds(_ nanoseconds: UInt64) -> String {
        let isRoundedUp = nanoseconds % 1_000_000 >= 500_000
        return decimal(nanoseconds / 1_000_000 + (isRoundedUp ? 1 : 0), decimals: 3)
    }

    /// How often a second something with a period happens, such as `99.0`; 0 never happens.
    static func hertz(periodNanoseconds: UInt64) -> String {
        guard periodNanoseconds > 0 else { return "0.0" }
        let (quotient, remainder) = (10_000_000_000 as UInt64)
            .quotientAndRemainder(dividingBy: periodNanoseconds)
        let half = periodNanoseconds / 2 + periodNanoseconds % 2
        return decimal(quotient + (remainder >= half ? 1 : 0), decimals: 1)
    }

    /// A count of units of the last decimal.
    private static func decimal(_ value: UInt64, decimals: Int) -> String {
        let digits = String(value)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
