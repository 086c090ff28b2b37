// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SchedulerStatisticsTests {
    @Test func readsThreeNumbers() {
        #expect(
            parse("1250766 159980 2\n", SchedulerStatistics.parse)
                == SchedulerStatistics(
                    runNanoseconds: 1_250_766,
                    waitNanoseconds: 159_980,
                    runCount: 2
                )
        )
    }

    @Test func threeZerosMeanThatNothingIsKept() throws {
        let none = try #require(parse("0 0 0\n", SchedulerStatistics.parse))
        #expect(!none.isKept)
        for text in ["1 0 0\n", "0 1 0\n", "0 0 1\n"] {
            #expect(try #require(parse(text, SchedulerStatistics.parse)).isKept)
        }
    }

    @Test func cutBytesAreRefused() {
        for cut in truncations(of: "1250766 159980 21\n") {
            #expect(parse(cut, SchedulerStatistics.parse) == nil, "\(cut)")
        }
    }

    @Test(arguments: ["1 2\n", "a b c\n", "1 2 -3\n", "1  2 3\n", "1 2 18446744073709551616\n"])
    func otherBytesAreRefused(text: String) {
        #expect(parse(text, SchedulerStatistics.parse) == nil)
    }
}
