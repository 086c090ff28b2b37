// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct CallAccountDurationsTests {
    @Test func callsThatWereOnlyCountedHaveNone() {
        var account = CallAccount()
        account.count(failure: nil)
        #expect(account.durations == nil)
    }

    @Test("each time is in its bucket, also those on a bound; the sum is exact")
    func buckets() {
        var account = CallAccount()
        for nanoseconds in [
            7, 100_000, 500_000, 700_000, 2_000_000, 49_000_000, 5_000_000_000, 6_000_000_000,
        ] as [UInt64] {
            account.count(nanoseconds: nanoseconds, failure: nil)
        }
        #expect(account.durations?.bucketCounts == [2, 1, 2, 0, 1, 0, 0, 1, 1])
        #expect(account.durations?.sumSeconds == 11.052_300_007)
        #expect(account.durations?.count == 8)
    }
}
