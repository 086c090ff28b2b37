// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct TopSessionTests {
    @Test func withoutATargetItFails() async {
        let session = TopSession(
            sampler: .recording(
                rate: SamplingRate(hertz: 99),
                targetPausePercent: 1,
                recordsWaits: true,
                descriptorCapacity: 64
            ),
            target: .selection(.named("no-such-name"), title: "no-such-name"),
            options: TopSession.Options(isBatch: true)
        )
        let failure = await #expect(throws: Failure.self) { try await session.run() }
        #expect(failure?.code == .noSuchProcess)
        #expect(failure?.message.contains("no-such-name") == true)
    }
}
