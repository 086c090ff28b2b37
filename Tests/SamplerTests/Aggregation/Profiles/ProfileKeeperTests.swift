// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

/// `AggregatorProfilesTests` fills one.
@Suite struct ProfileKeeperTests {
    @Test func windowsFollowEachOther() throws {
        var keeper = ProfileKeeper(memoryBytes: 96 << 20)
        #expect(keeper.oldestNanoseconds == nil)
        // A window that no batch has ended any part of is none.
        keeper.closeWindow(periodNanoseconds: 1)
        #expect(keeper.counts.windows == 0)
        let now = MonotonicInstant.now()
        #expect(keeper.slice == 0)
        keeper.endSlice(at: now)
        #expect(keeper.slice == 1)
        keeper.closeWindow(periodNanoseconds: 1)
        #expect(keeper.slice == 0)
        #expect(keeper.counts.windows == 1)
        #expect(keeper.oldestNanoseconds != nil)
        #expect(keeper.groups.isEmpty)
    }

    @Test func memoryIsAnEighthOfTheAgents() {
        var keeper = ProfileKeeper(memoryBytes: 96 << 20)
        let before = keeper.compact { [] }
        #expect(before == nil)
        keeper.limitMemory(to: 0)
        var closed = ClosedWindow()
        closed.unsampledNanoseconds = 1
        keeper.add(closed, of: ProcessID(1), in: "x")
        let after = keeper.compact { [] }
        #expect(after == [:])
    }
}
