// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler
import Testing

@testable import Agent

@Suite(.serialized, .timeLimit(.minutes(1))) struct AgentRecordingsTests {
    @Test func aProcessThatIsNotSelectedIsRecordedForItsRequestAlone() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            let answer = await parts.record([process], seconds: 1)
            let profile = try #require(answer.profile)
            #expect(profile.target == "\(process)")
            #expect(profile.nanoseconds > 0)
            #expect(profile.samples.allSatisfy { $0.labels.process == process })
            // Two clocks are read, one after the other.
            #expect(profile.durationNanoseconds > 900_000_000)
            #expect(await parts.aggregator.snapshot().processCount == 0)
            #expect(await parts.targets.census.sampled == 0)
        }
    }

    @Test func whatIsSampledAnywayStaysSo() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running(selected: [process]) { parts in
            let answer = await parts.record([process], seconds: 0.3)
            #expect(answer.profile != nil)
            #expect(await parts.targets.census.sampled == 1)
            let instant = RealTime.nanoseconds
            let again = await parts.record([process], seconds: 0.3)
            #expect((again.profile?.startNanoseconds ?? 0) >= instant)
        }
    }

    @Test func overlappingRequestsGetWhatEachAskedFor() async throws {
        let first = try ComputingProgram()
        let second = try ComputingProgram()
        let processes = [first.process, second.process]
        try await RecordedPrograms.running { parts in
            async let long = parts.record(processes, seconds: 1.5)
            async let short = parts.record([processes[0]], seconds: 0.5)
            let profiles = [try #require(await long.profile), try #require(await short.profile)]
            for (profile, seconds) in zip(profiles, [1.5, 0.5]) {
                #expect(Double(profile.durationNanoseconds) / 1e9 > seconds - 0.1)
                #expect(profile.nanoseconds > 0)
            }
            let seen = profiles.map { Set($0.samples.compactMap(\.labels.process)) }
            #expect(seen == [Set(processes), [processes[0]]])
            #expect(profiles[0].durationNanoseconds > profiles[1].durationNanoseconds)
        }
    }

    @Test func theRateIsRaisedMeanwhileAndCancellingEndsAll() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            #expect(await parts.rate() == 99)
            let rate = SamplingRate(hertz: 499)
            let waiting = Task { await parts.record([process], seconds: 600, rate: rate) }
            var raised: Double?
            while raised ?? 0 <= 99 { raised = await parts.rate() }
            waiting.cancel()
            #expect(await waiting.value.outcome == .cancelled)
            #expect(await parts.rate() == 99)
            let start = try #require(ownStart(of: process))
            let target = try await parts.targets.lend(process, startedAt: start)
            // Nobody else has it any more.
            #expect(await parts.targets.takeBack(target))
        }
    }

    @Test func theEndOfTheLastTargetIsTheRequests() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            let waiting = Task { await parts.record([process], seconds: 600) }
            while await parts.targets.loanCount == 0 { await Task.yield() }
            kill(process.rawValue, SIGKILL)
            #expect(await waiting.value.outcome != .cancelled)
        }
    }

    @Test func closingEndsWhatIsInProgressAndRefusesMore() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            let waiting = Task { await parts.record([process], seconds: 600) }
            while await parts.targets.loanCount == 0 { await Task.yield() }
            await parts.recordings.close()
            #expect(await waiting.value.outcome == .cancelled)
            #expect(await parts.targets.loanCount == 0)
            #expect(await parts.record([process], seconds: 1).outcome == .cancelled)
        }
    }

    @Test func aUsersOwnProcessesAreAllThatTheyGet() async throws {
        let program = try ComputingProgram()
        let process = program.process
        try await RecordedPrograms.running { parts in
            let stranger = geteuid() &+ 4_321
            let answer = await parts.record([process], seconds: 1, user: stranger)
            #expect(answer.outcome == .notPermitted)
            let own = await parts.record([ProcessID(getpid())], seconds: 1)
            #expect(own.outcome == .excluded)
        }
    }

    private func ownStart(of process: ProcessID) -> StartTime? {
        var reader = ProcReader()
        return reader.stat(of: process).value?.startTime
    }
}
