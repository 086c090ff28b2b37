// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage
import Testing

@testable import Sampler

@Suite struct DescriptorLimitTests {
    @Test func raisesTheSoftLimitAndNeverLowersIt() async {
        await #expect(processExitsWith: .success) {
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            var limit = rlimit()
            try #require(getrlimit(resource, &limit) == 0)
            let hard = UInt64(limit.rlim_max)
            limit.rlim_cur = 100
            try #require(setrlimit(resource, &limit) == 0)
            let raised = try DescriptorLimit.raise(maximum: 300)
            #expect(raised == DescriptorLimit(softBefore: 100, soft: min(300, hard)))
            try #require(getrlimit(resource, &limit) == 0)
            #expect(UInt64(limit.rlim_cur) == raised.soft)
            let same = try DescriptorLimit.raise(maximum: 50)
            #expect(same == DescriptorLimit(softBefore: raised.soft, soft: raised.soft))
        }
    }

    @Test(arguments: [
        (0, 0), (1, 1), (16, 8), (512, 256), (1024, 768), (65_536, 65_280),
        (UInt64.max, 65_536),
    ])
    func leavesHeadroom(soft: UInt64, capacity: Int) {
        #expect(DescriptorLimit(softBefore: 0, soft: soft).cacheCapacity == capacity)
    }
}
