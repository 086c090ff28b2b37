// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct RecordingRunTests {
    private func start(_ selection: TargetSelection, title: String) async throws -> RecordingRun {
        try await RecordingRun.start(
            .selection(selection, title: title),
            sampler: .recording(
                rate: SamplingRate(hertz: 99),
                targetPausePercent: 1,
                recordsWaits: false,
                descriptorCapacity: 64
            ),
            options: Recorder.Options()
        )
    }

    @Test func failsWithoutAProcess() async throws {
        let failure = await #expect(throws: Failure.self) {
            _ = try await start(.named("no-such-name"), title: "no-such-name")
        }
        #expect(failure?.code == .noSuchProcess)
        #expect(failure?.message == "no process of no-such-name is there to be sampled")
    }

    @Test func refusesWhatMayNotBeSampled() async throws {
        // The first process is never a target.
        let failure = await #expect(throws: Failure.self) {
            _ = try await start(.listed([ProcessID(1)]), title: "1")
        }
        #expect(failure?.code == .failed)
    }

    @Test(
        arguments: [
            (TargetSelection.all, []), (.named("x"), []), (.listed([ProcessID(3)]), [3]),
            (.trees([ProcessID(4), ProcessID(5)]), [4, 5]),
        ] as [(TargetSelection, [Int32])]
    )
    func namesThoseGivenByNumber(selection: TargetSelection, numbers: [Int32]) {
        #expect(selection.named.map(\.rawValue) == numbers)
    }
}
