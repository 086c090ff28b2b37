// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler
import Testing

@testable import Agent

/// A program that computes until the value is gone.
struct ComputingProgram: ~Copyable {
    let process: ProcessID

    init() throws {
        var child: pid_t = 0
        let texts = ["sh", "-c", "echo; while :; do :; done"]
        let words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let failure = posix_spawn(&child, "/bin/sh", &actions, nil, words, nil)
        close(ends[1])
        defer { close(ends[0]) }
        try #require(failure == 0)
        // It has begun to compute when it has said so.
        var byte: UInt8 = 0
        try #require(read(ends[0], &byte, 1) == 1)
        process = ProcessID(child)
    }

    deinit {
        kill(process.rawValue, SIGKILL)
        waitpid(process.rawValue, nil, 0)
    }
}

/// An agent's parts without its processes: they look at targets and stop none.
struct RecordedPrograms {
    let recordings: AgentRecordings
    let tracer: Tracer
    let aggregator: Aggregator
    let targets: TargetWatch

    /// - Parameter selected: what is sampled anyway.
    static func running(
        selected: [ProcessID] = [],
        _ body: (RecordedPrograms) async throws -> Void
    ) async throws {
        var configuration = SamplerConfiguration(cpuCount: 2, seed: 1)
        configuration.rate = SamplingRate(hertz: 99)
        configuration.visits = false
        configuration.recordsWaits = true
        // What other tests use meanwhile is the agent's own here.
        configuration.budget.agentShare = 100
        let tracing = try TracerParts(configuration, batchLimit: 16)
        let aggregator = Aggregator()
        let targets = TargetWatch(
            selection: .listed(selected),
            policy: ProtectionPolicy(),
            resolver: GroupResolver { _ in nil },
            mayAttach: false
        )
        let recordings = AgentRecordings(
            tracer: tracing.tracer,
            aggregator: aggregator,
            targets: targets,
            procRoot: "/proc"
        )
        let running = Task { await tracing.tracer.run() }
        let counting = Task {
            for await batch in tracing.batches {
                _ = await recordings.ingest(batch)
                _ = await aggregator.ingest(batch)
            }
            await aggregator.endBatches()
        }
        let changes = await targets.refresh(now: .now())
        await aggregator.update(added: changes.added)
        await tracing.tracer.update(added: changes.added, removed: [])
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(
                    RecordedPrograms(
                        recordings: recordings,
                        tracer: tracing.tracer,
                        aggregator: aggregator,
                        targets: targets
                    )
                )
            )
        } catch {
            outcome = .failure(error)
        }
        await recordings.close()
        await tracing.tracer.stop()
        await running.value
        await counting.value
        tracing.end()
        try outcome.get()
    }

    func record(
        _ processes: [ProcessID],
        seconds: Double,
        rate: SamplingRate? = nil,
        user: UInt32 = geteuid()
    ) async -> AdminAnswer {
        await recordings.record(
            AdminRequest(target: .processes(processes), seconds: seconds, rate: rate),
            for: PeerCredentials(process: 0, user: user, group: 0),
            maximumSeconds: 60
        )
    }

    /// The rate in force, of the latest batch.
    func rate() async -> Double? {
        let instant = MonotonicInstant.now()
        await tracer.endPeriod(tellsOfWaits: false)
        await aggregator.awaitBatch(madeAt: instant)
        return await aggregator.snapshot().tracer?.rate.hertz
    }
}

extension AdminAnswer {
    var profile: Profile? {
        if case .profile(let profile) = self { profile } else { nil }
    }

    var outcome: AdminOutcome {
        switch self {
        case .profile: .served
        case .refused(let outcome, _): outcome
        }
    }
}
