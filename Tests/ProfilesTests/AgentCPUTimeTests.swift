// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct AgentCPUTimeTests {
    @Test func beginsWithNothing() {
        let none = AgentCPUTime(samplingNanoseconds: 0, otherNanoseconds: 0)
        #expect(AgentCPUTime() == none)
        #expect(AgentCPUTime(samplingNanoseconds: 30) != AgentCPUTime(otherNanoseconds: 30))
    }
}
