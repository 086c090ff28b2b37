// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct GroupStatesTests {
    @Test func labelValuesAreTheContract() {
        #expect(SampleState.allCases.map(\.rawValue) == ["on_cpu", "off_cpu", "queued"])
        #expect(
            ThreadClass.allCases.map(\.rawValue)
                == ["running", "sleeping", "blocked", "stopped", "other"]
        )
    }
}
