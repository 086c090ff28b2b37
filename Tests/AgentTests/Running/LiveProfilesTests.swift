// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler
import Testing

@testable import Agent

@Suite(.serialized) struct LiveProfilesTests {
    /// Samples this program, without stopping it, until the body returns.
    private func sampling(_ body: (ProfileSource) async throws -> Void) async throws {
        var configuration = SamplerConfiguration(cpuCount: 2, seed: 1)
        configuration.rate = SamplingRate(hertz: 99)
        configuration.visits = false
        configuration.recordsWaits = true
        // What other tests use meanwhile is the agent's own here.
        configuration.budget.agentShare = 100
        let parts = try TracerParts(configuration, batchLimit: 16)
        let aggregator = Aggregator()
        let own = ProcessID(getpid())
        var reader = ProcReader()
        let stat = try #require(reader.stat(of: own).value)
        let process = SampledProcess(
            id: own,
            startTime: stat.startTime,
            group: .command("tests")
        )
        await aggregator.update(added: [process])
        await parts.tracer.update(added: [process], removed: [])
        let tracing = Task { await parts.tracer.run() }
        let counting = Task {
            for await batch in parts.batches { _ = await aggregator.ingest(batch) }
            await aggregator.endBatches()
        }
        let profiles = LiveProfiles(tracer: parts.tracer, aggregator: aggregator) {
            TargetTable(tier: 1, tierMeaning: "all", rows: [])
        }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(profiles.source))
        } catch {
            outcome = .failure(error)
        }
        await parts.tracer.stop()
        await tracing.value
        await counting.value
        parts.end()
        try outcome.get()
    }

    @Test func twoReadersGetWhatEachAskedFor() async throws {
        try await sampling { source in
            func ask(_ seconds: Int) async -> ProfileAnswer {
                await source.profile(
                    ProfileRequest(kind: .wall, group: nil, span: .coming(seconds: seconds))
                )
            }
            async let short = ask(1)
            async let long = ask(2)
            for (answer, seconds) in [(await short, 1.0), (await long, 2.0)] {
                guard case .profile(let profile) = answer else {
                    Issue.record("no profile: \(answer)")
                    continue
                }
                let covered = Double(profile.durationNanoseconds) / 1e9
                // Two clocks are read, one after the other.
                #expect(covered > seconds - 0.1)
                #expect(profile.nanoseconds > 0)
            }
        }
    }

    @Test func groupsThatAreNotSampledAreUnknown() async throws {
        try await sampling { source in
            let groups = await source.groups().map(\.name)
            #expect(groups == ["tests"])
            let answer = await source.profile(
                ProfileRequest(kind: .cpu, group: "nobody", span: .coming(seconds: 60))
            )
            guard case .unknownGroup = answer else {
                Issue.record("\(answer)")
                return
            }
        }
    }

    @Test func cancellingEndsTheWait() async throws {
        try await sampling { source in
            let request = ProfileRequest(kind: .cpu, group: nil, span: .coming(seconds: 600))
            let waiting = Task { await source.profile(request) }
            waiting.cancel()
            guard case .unavailable = await waiting.value else {
                Issue.record("it waited on")
                return
            }
        }
    }
}
