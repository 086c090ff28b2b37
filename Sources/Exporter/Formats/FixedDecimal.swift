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
        decimal(rounded(nanoseconds, to: 1_000_000), decimals: 3)
    }

    /// Nanoseconds in seconds with all that strace shows of them, such as `0.431200`.
    static func preciseSeconds(_ nanoseconds: UInt64) -> String {
        decimal(rounded(nanoseconds, to: 1_000), decimals: 6)
    }

    /// Nanoseconds in microseconds, such as `12.3`.
    static func microseconds(_ nanoseconds: UInt64) -> String {
        decimal(rounded(nanoseconds, to: 100), decimals: 1)
    }

    /// A number that is not negative, such as `99.5`; one that is none, or has no end, is `0.0`.
    static func tenths(_ value: Double) -> String {
        guard value.isFinite, value > 0 else { return "0.0" }
        return decimal(UInt64(min(value * 10, 1e18).rounded()), decimals: 1)
    }

    private static func rounded(_ value: UInt64, to unit: UInt64) -> UInt64 {
        value / unit + (value % unit >= unit / 2 ? 1 : 0)
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
    static func decimal(_ value: UInt64, decimals: Int) -> String {
        let digits = String(value)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
