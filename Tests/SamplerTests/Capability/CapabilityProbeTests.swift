// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct CapabilityProbeTests {
    private func probe(_ visit: VisitOutcome?) -> CapabilityProbe {
        var probe = CapabilityProbe()
        probe.visit = visit
        probe.canReadSystemCall = true
        return probe
    }

    @Test("Without capabilities what may be stopped is this user's, and is read in full")
    func ownProcesses() {
        #expect(probe(.sampled).tier == .full)
    }

    @Test("With CAP_SYS_PTRACE alone the waits of other users' threads are not read")
    func traceOnly() {
        var probe = probe(.sampled)
        probe.hasTraceCapability = true
        #expect(probe.tier == .stateOnly)
        #expect(probe.readsOwnWaitsOnly)
        probe.hasReadCapability = true
        #expect(probe.tier == .full)
        probe.canReadSystemCall = false
        #expect(probe.tier == .stateOnly)
    }

    @Test("Only what will be refused again is not tried again")
    func refusals() {
        #expect(probe(.refused(.notPermitted)).isStoppingRefused)
        #expect(probe(.refused(.unsupported(errno: 38))).isStoppingRefused)
        #expect(!probe(.refused(.gone)).isStoppingRefused)
        #expect(!probe(.parked(.lateStop)).isStoppingRefused)
        #expect(!probe(nil).isStoppingRefused)
        #expect(probe(.refused(.notPermitted)).tier == .procOnly)
        #expect(probe(.parked(.lateStop)).tier == .full)
    }
}
