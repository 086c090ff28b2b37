// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Testing

@testable import Sampler

@Suite struct CodeLimitsTests {
    @Test(arguments: [32, 96, 512] as [UInt64])
    func allTogetherTakeLessThanHalfOfTheBudget(mebibytes: UInt64) {
        let limits = CodeLimits(within: mebibytes << 20)
        #expect(limits.imageBytes + limits.tableBytes < Int(mebibytes) << 19)
        #expect(limits.image.symbolTableBytes <= limits.imageBytes)
    }

    @Test func aLargeBudgetHasTheUsualLimitsOfOneFile() {
        let limits = CodeLimits(within: .max)
        #expect(limits.image == .standard)
        #expect(limits.table == .standard)
    }
}
