// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct SeriesAmountTests {
    @Test(arguments: [-1, Double.nan, .infinity, -.infinity])
    func secondsThatCouldMakeASumFallAreZero(seconds: Double) {
        #expect(SeriesAmount(seconds: seconds).isZero)
    }

    @Test func amountsAdd() {
        var amount = SeriesAmount(samples: 1, seconds: 0.5)
        amount += SeriesAmount(samples: 2, seconds: 0.25)
        #expect(amount == SeriesAmount(samples: 3, seconds: 0.75))
        #expect(!SeriesAmount(samples: 1).isZero)
    }
}
