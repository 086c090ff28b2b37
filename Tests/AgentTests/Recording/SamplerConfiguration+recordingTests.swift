// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct SamplerConfigurationRecordingTests {
    @Test func holdsTargetsForAsMuchAsWasAllowed() {
        let sampler = SamplerConfiguration.recording(
            rate: SamplingRate(hertz: 499),
            targetPausePercent: 2,
            recordsWaits: true,
            descriptorCapacity: 7
        )
        #expect(sampler.rate == SamplingRate(hertz: 499))
        #expect(sampler.budget.pauseShare == 0.02)
        #expect(sampler.recordsWaits)
        #expect(sampler.guardsTransfers)
        #expect(sampler.descriptorCapacity == 7)
        #expect(sampler.engine.stackBytes == StackCopy.mostBytes)
    }
}
