// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Histogram

/// What was seen of one system call.
package struct CallAccount: Sendable {
    package private(set) var calls: UInt64 = 0
    /// Calls that failed, by errno.
    package private(set) var failures: [Int32: UInt64] = [:]
    /// From the moment the thread entered its call to the one in which its exit was seen.
    package private(set) var nanoseconds: UInt64 = 0
    package private(set) var shortestNanoseconds = UInt64.max
    package private(set) var longestNanoseconds: UInt64 = 0
    /// Nil while calls are only counted.
    package private(set) var latencies: Histogram<UInt32>?

    /// Longer calls are taken for this long in the histogram: an hour.
    private static let longestTracked: UInt64 = 3_600_000_000_000

    package init() {}

    package var failureCount: UInt64 { failures.values.reduce(0, +) }

    /// Counts a call of which nothing else is known.
    mutating func count() { calls += 1 }

    /// Counts a call that has returned, and of which it is not known how long it took.
    mutating func count(failure: Int32?) {
        calls += 1
        if let failure { failures[failure, default: 0] += 1 }
    }

    /// Counts a call that has returned.
    ///
    /// - Parameter failure: its errno; nil if it did not fail.
    mutating func count(nanoseconds duration: UInt64, failure: Int32?) {
        count(failure: failure)
        nanoseconds += duration
        shortestNanoseconds = min(shortestNanoseconds, duration)
        longestNanoseconds = max(longestNanoseconds, duration)
        if latencies == nil {
            latencies = Histogram(
                lowestDiscernibleValue: 64,
                highestTrackableValue: Self.longestTracked,
                numberOfSignificantValueDigits: .two
            )
        }
        latencies?.record(min(duration, Self.longestTracked))
    }

    /// Takes in what was seen of the same call elsewhere.
    mutating func merge(_ other: CallAccount) {
        calls += other.calls
        failures.merge(other.failures, uniquingKeysWith: +)
        nanoseconds += other.nanoseconds
        shortestNanoseconds = min(shortestNanoseconds, other.shortestNanoseconds)
        longestNanoseconds = max(longestNanoseconds, other.longestNanoseconds)
        guard let others = other.latencies else { return }
        if latencies == nil { latencies = others } else { latencies?.add(others) }
    }
}

/// What was seen of all system calls of some processes.
package struct CallTally: Sendable {
    package var accounts: [TracedCall: CallAccount] = [:]
    /// How often a thread was stopped for it.
    package var stops: UInt64 = 0
    /// System calls that a stop interrupted and that were mended.
    package var repairs: UInt64 = 0

    package init() {}

    /// Takes in what was seen elsewhere.
    package mutating func merge(_ other: CallTally) {
        for (call, account) in other.accounts {
            accounts[call, default: CallAccount()].merge(account)
        }
        stops += other.stops
        repairs += other.repairs
    }
}
