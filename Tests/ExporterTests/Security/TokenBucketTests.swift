// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("TokenBucket")
struct TokenBucketTests {
    private let start = ContinuousClock.now

    /// How many of `count` requests pass at an instant.
    private func passed(_ bucket: inout TokenBucket, _ count: Int, after: Duration) -> Int {
        (0..<count).count { _ in bucket.take(at: start + after) }
    }

    @Test("lets the burst pass at once, and then one each interval")
    func burst() {
        var bucket = TokenBucket(RateLimit(interval: .milliseconds(100), burst: 3))
        #expect(passed(&bucket, 10, after: .zero) == 3)
        #expect(passed(&bucket, 10, after: .milliseconds(99)) == 0)
        #expect(passed(&bucket, 10, after: .milliseconds(100)) == 1)
        #expect(passed(&bucket, 10, after: .milliseconds(299)) == 1)
        #expect(passed(&bucket, 10, after: .milliseconds(300)) == 1)
    }

    @Test("fills up to the burst and no further")
    func full() {
        var bucket = TokenBucket(RateLimit(interval: .seconds(1), burst: 2))
        #expect(passed(&bucket, 5, after: .zero) == 2)
        #expect(passed(&bucket, 5, after: .seconds(3600)) == 2)
    }

    @Test("a burst of one keeps the interval between any two")
    func single() {
        var bucket = TokenBucket(RateLimit(interval: .seconds(1), burst: 1))
        #expect(passed(&bucket, 2, after: .zero) == 1)
        #expect(passed(&bucket, 2, after: .milliseconds(1500)) == 1)
        #expect(passed(&bucket, 2, after: .milliseconds(2400)) == 0)
        #expect(passed(&bucket, 2, after: .milliseconds(2500)) == 1)
    }

    @Test("bears the greatest limits")
    func greatest() {
        var bucket = TokenBucket(RateLimit(interval: .seconds(3600), burst: 1_000_000))
        #expect(passed(&bucket, 100, after: .zero) == 100)
    }
}
