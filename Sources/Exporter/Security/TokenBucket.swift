// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Lets requests pass at a rate, and so many at once before it holds.
///
/// One token comes each interval, until there are as many as the burst; a request takes one. Kept
/// is the instant at which the bucket is full again, which is the same and needs no timer.
struct TokenBucket: Sendable {
    private let limit: RateLimit
    private var fullAt: ContinuousClock.Instant?

    init(_ limit: RateLimit) { self.limit = limit }

    /// Whether a request may pass now; takes its token if it may.
    ///
    /// - Parameter now: no earlier than at the last call.
    mutating func take(at now: ContinuousClock.Instant) -> Bool {
        let full = max(fullAt ?? now, now)
        guard full - now <= limit.interval * (limit.burst - 1) else { return false }
        fullAt = full + limit.interval
        return true
    }
}

/// How many requests are answered.
package struct RateLimit: Sendable, Equatable {
    /// The time between two requests.
    package var interval: Duration

    /// How many may come at once.
    package var burst: Int

    package init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}
