// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct PauseAllowanceTests {
    @Test func newTargetOwesAndHasSavedNothing() {
        #expect(PauseAllowance().nanoseconds == 0)
    }
}
