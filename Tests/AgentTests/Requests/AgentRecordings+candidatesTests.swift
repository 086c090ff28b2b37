// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler
import Testing

@testable import Agent

@Suite(.serialized) struct AgentRecordingsCandidatesTests {
    private func refusal(
        _ target: AdminRequest.Target,
        user: UInt32 = geteuid(),
        _ parts: RecordedPrograms
    ) async -> RecordingRefusal? {
        do throws(RecordingRefusal) {
            _ = try await parts.recordings.candidates(
                of: AdminRequest(target: target),
                for: user
            )
            return nil
        } catch {
            return error
        }
    }

    @Test func processesAreFoundOnceWithTheirOwner() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            let found = try await parts.recordings.candidates(
                of: AdminRequest(target: .processes([process, process])),
                for: geteuid()
            )
            #expect(found.map(\.id) == [process])
            #expect(found.first?.owner.user == geteuid())
        }
    }

    @Test func whoIsRefusedIsToldWhy() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            let stranger = geteuid() &+ 4_321
            let foreign = await refusal(.processes([process]), user: stranger, parts)
            #expect(foreign?.outcome == .notPermitted)
            #expect(foreign?.line.contains("process \(process)") == true)
            let named = await refusal(.named("sh"), user: stranger, parts)
            #expect(named?.outcome == .notFound)
            // The same as where nobody has one.
            let none = await refusal(.named("no-such-name"), user: stranger, parts)
            #expect(
                none?.line == named?.line.replacing("named sh", with: "named no-such-name")
            )
            let nobody = await refusal(.named("no-such-name"), user: 0, parts)
            #expect(nobody == RecordingRefusal(.notFound, "no process of no-such-name is there"))
            #expect(await refusal(.named("sh"), parts) == nil)
        }
    }

    @Test(arguments: [
        (TargetCheck.noSuchProcess(ProcessID(1)), AdminOutcome.notFound),
        (.kernelThread(ProcessID(2), command: "k"), .excluded),
        (.protected(ProcessID(2), command: "k", .environment), .excluded),
        (.notPermitted(ProcessID(2), command: "k", yamaScope: 1), .failed),
    ])
    func whatTheSamplerSaysHasAnOutcome(check: TargetCheck, outcome: AdminOutcome) {
        let refusal = RecordingRefusal(.check(check))
        #expect(refusal.outcome == outcome)
        #expect(refusal.line == check.description)
        #expect(refusal.answer.outcome == outcome)
    }
}
