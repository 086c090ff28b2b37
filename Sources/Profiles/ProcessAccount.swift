// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reconciles a process's own CPU clock with the threads that were seen.
///
/// The clock holds the time of threads that lived and died between two looks; the threads' windows
/// hold only those seen. What the clock has beyond the windows is `[unsampled]`. The two are read
/// at different moments, and a clock made of ticks lags, so the windows may also be ahead: that is
/// carried as a debt and set against later time, never emitted, so no counter falls.
///
/// At all times: start + attributed - debt == clock, in whole nanoseconds.
package struct ProcessAccount: Sendable {
    /// The clock as last read.
    package private(set) var clockNanoseconds: UInt64
    /// How far the threads' windows are ahead of the process's clock.
    package private(set) var debtNanoseconds: UInt64 = 0
    private var threadNanoseconds: UInt64 = 0

    /// Begins at a reading of the clock: time before it belongs to nobody's window.
    package init(clockNanoseconds: UInt64) { self.clockNanoseconds = clockNanoseconds }

    /// Adds the run time of one thread's window that is now closed.
    package mutating func add(threadNanoseconds: UInt64) {
        self.threadNanoseconds = Self.sum(self.threadNanoseconds, threadNanoseconds)
    }

    /// Ends the window at a reading of the clock; returns the nanoseconds to give `[unsampled]`.
    ///
    /// A reading behind the last one (another source, or a lagging one) counts as no time passed.
    package mutating func close(clockNanoseconds now: UInt64) -> UInt64 {
        let elapsed = now > clockNanoseconds ? now - clockNanoseconds : 0
        clockNanoseconds = max(clockNanoseconds, now)
        let attributed = Self.sum(threadNanoseconds, debtNanoseconds)
        threadNanoseconds = 0
        if elapsed < attributed {
            debtNanoseconds = attributed - elapsed
            return 0
        }
        debtNanoseconds = 0
        return elapsed - attributed
    }

    // The kernel's numbers are not the agent's: a wild one must not trap.
    private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}
