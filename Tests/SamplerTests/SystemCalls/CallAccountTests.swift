// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Histogram
import Testing

@testable import Sampler

@Suite struct CallAccountTests {
    @Test func countsAloneHaveNoTimes() {
        var account = CallAccount()
        account.count()
        account.count()
        #expect(account.calls == 2)
        #expect(account.latencies == nil)
        #expect(account.failureCount == 0)
        account.count(failure: 4)
        #expect(account.calls == 3)
        #expect(account.failures == [4: 1])
        #expect(account.latencies == nil)
    }

    @Test func keepsTimesAndErrors() {
        var account = CallAccount()
        for index in 1...100 as ClosedRange<UInt64> {
            account.count(nanoseconds: index * 1_000, failure: index % 10 == 0 ? 2 : nil)
        }
        account.count(nanoseconds: 7, failure: 13)
        #expect(account.calls == 101)
        #expect(account.failures == [2: 10, 13: 1])
        #expect(account.nanoseconds == 5_050_007)
        #expect(account.shortestNanoseconds == 7)
        #expect(account.longestNanoseconds == 100_000)
        let median = account.latencies?.valueAtPercentile(50) ?? 0
        #expect((49_000...52_000).contains(median))
    }

    @Test func aCallLongerThanAnyIsKept() {
        var account = CallAccount()
        let long = UInt64.max / 2
        account.count(nanoseconds: long, failure: nil)
        #expect(account.latencies?.totalCount == 1)
        #expect(account.longestNanoseconds == long)
    }
}
