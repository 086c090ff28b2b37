// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What something weighs in two profiles, in nanoseconds.
package struct DiffWeights: Hashable, Sendable {
    package var base: UInt64 = 0
    package var new: UInt64 = 0

    package init(base: UInt64 = 0, new: UInt64 = 0) {
        self.base = base
        self.new = new
    }

    /// Sums stay at the largest number there is.
    static func += (left: inout Self, right: Self) {
        left.base = left.base.saturatingSum(right.base)
        left.new = left.new.saturatingSum(right.new)
    }
}

extension UInt64 {
    /// The sum, or the largest number there is.
    fileprivate func saturatingSum(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
