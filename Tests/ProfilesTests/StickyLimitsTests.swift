// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct StickyLimitsTests {
    @Test func thereAreEightCandidatesToASlot() {
        #expect(StickyLimits(slots: 10).candidates == 80)
        #expect(StickyLimits(slots: 0).slots == 1)
    }
}
