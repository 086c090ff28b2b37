// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// When a process's system calls may be watched, so that it is held for no more than a share of
/// the time.
///
/// What may be spent grows with the time up to what one window needs. A window opens when that is
/// there, and ends when it is spent: a process that is hardly held is watched all the time, and one
/// that makes calls all the time for short windows that are spread over the whole.
package struct CallWindowPlan: Sendable {
    /// The time held, as a share of all time.
    package let share: Double
    /// What one window may cost at most.
    package let windowNanoseconds: UInt64
    private var allowance: Double
    private var updatedAt: UInt64

    /// Windows in the whole of a bounded time, if the process uses up each.
    private static let windows = 20.0
    private static let cheapestWindow = 500_000.0
    private static let dearestWindow = 20_000_000.0

    /// - Parameters:
    ///   - share: 0 to 1.
    ///   - durationNanoseconds: for how long the process is watched in all.
    package init(share: Double, durationNanoseconds: UInt64, nowNanoseconds: UInt64) {
        self.share = share
        let spread = share * Double(durationNanoseconds) / Self.windows
        let window = min(max(spread, Self.cheapestWindow), Self.dearestWindow)
        windowNanoseconds = UInt64(window)
        // What was not earned yet is not spent: the bound holds from the first moment on.
        allowance = 0
        updatedAt = nowNanoseconds
    }

    /// How long it is until the next window may open; 0 if it may now.
    package mutating func delayNanoseconds(nowNanoseconds: UInt64) -> UInt64 {
        earn(until: nowNanoseconds)
        let missing = Double(windowNanoseconds) - allowance
        guard missing > 0, share > 0 else { return missing > 0 ? .max : 0 }
        return UInt64((missing / share).rounded(.up))
    }

    /// Charges a window with what it cost.
    package mutating func charge(heldNanoseconds: UInt64) {
        allowance -= Double(heldNanoseconds)
    }

    private mutating func earn(until now: UInt64) {
        guard now > updatedAt else { return }
        allowance = min(
            allowance + share * Double(now - updatedAt),
            Double(windowNanoseconds)
        )
        updatedAt = now
    }
}
