// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct GroupUsageTests {
    @Test func deltasAddAndNeverSubtract() {
        var delta = GroupUsage()
        delta.userSeconds = 1
        delta.systemSeconds = 2
        delta.runQueueSeconds = 3
        delta.voluntaryContextSwitches = 4
        delta.involuntaryContextSwitches = 5
        delta.majorFaults = 6
        var usage = GroupUsage()
        usage.add(delta)
        #expect(usage == delta)
        for wrong in [-1, Double.nan, .infinity] {
            var bad = GroupUsage()
            bad.userSeconds = wrong
            bad.systemSeconds = wrong
            bad.runQueueSeconds = wrong
            usage.add(bad)
        }
        #expect(usage == delta)
    }
}
