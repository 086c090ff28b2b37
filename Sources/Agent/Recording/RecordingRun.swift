// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage

/// Targets that are being sampled: what `record` and `top` have in common.
struct RecordingRun {
    let parts: RecordingParts
    /// What is sampled, for people.
    let title: String
    let startedAt: ContinuousClock.Instant
    /// Since 1970 UTC.
    let startNanoseconds: UInt64
    private let launched: HelperProcess?
    private let tracing: Task<Void, Never>

    /// Most batches that wait to be unwound; further ones push the oldest out and are counted.
    private static let batchLimit = 256

    /// Starts to sample, and the command if there is one.
    ///
    /// - Parameters:
    ///   - showsCommand: whether the command has this program's input and output.
    ///   - onPeriod: is called when all that was seen until `Tracer.endPeriod` is in the recorder.
    /// - Throws: `Failure`, with the line to print; nothing is left running then.
    static func start(
        _ target: RecordingTarget,
        sampler: SamplerConfiguration,
        options: Recorder.Options,
        showsCommand: Bool = true,
        onPeriod: @escaping @Sendable (Recorder) async -> Void = { _ in }
    ) async throws -> RecordingRun {
        let launched = try launch(target, showsCommand: showsCommand)
        let (selection, title) = selection(target, launched)
        try Failure.checkTargets(selection.named, in: sampler.procRoot)
        let parts = try makeParts(sampler, selection, options)
        let run = RecordingRun(
            parts: parts,
            title: title,
            startedAt: .now,
            startNanoseconds: RealTime.nanoseconds,
            launched: launched,
            tracing: Task {
                async let sampling: Void = parts.tracer.run()
                for await batch in parts.tracing.batches {
                    let wanted = await parts.recorder.ingest(batch)
                    await parts.tracer.copyStacks(wanted)
                    if batch.endsPeriod { await onPeriod(parts.recorder) }
                }
                await sampling
            }
        )
        guard await parts.discover() else {
            launched?.end()
            await run.endTracing()
            throw Failure(.noSuchProcess, "no process of \(title) is there to be sampled")
        }
        launched?.poke()
        launched?.closePipe()
        return run
    }

    /// Lets every thread go, takes in what was seen until then, and ends the command, if there was
    /// one and it still runs.
    ///
    /// - Returns: the command's wait status (wait(2)).
    func end() async -> Int32? {
        await endTracing()
        guard let launched else { return nil }
        kill(launched.process.rawValue, SIGTERM)
        return launched.collect()
    }

    private func endTracing() async {
        await parts.tracer.stop()
        await tracing.value
        parts.tracing.end()
    }

    private static func launch(
        _ target: RecordingTarget,
        showsCommand: Bool
    ) throws -> HelperProcess? {
        guard case .command(let command, let openFiles, _) = target else { return nil }
        return try HelperProcess.launch(command, openFiles: openFiles, isQuiet: !showsCommand)
    }

    private static func selection(
        _ target: RecordingTarget,
        _ launched: HelperProcess?
    ) -> (TargetSelection, title: String) {
        switch target {
        case .selection(let selection, let title): return (selection, title)
        case .command(let command, _, let followsChildren):
            let processes = [launched?.process].compactMap { $0 }
            return (
                followsChildren ? .trees(processes) : .listed(processes),
                command.joined(separator: " ")
            )
        }
    }

    private static func makeParts(
        _ sampler: SamplerConfiguration,
        _ selection: TargetSelection,
        _ options: Recorder.Options
    ) throws -> RecordingParts {
        do {
            return try RecordingParts(
                sampler: sampler,
                selection: selection,
                options: options,
                batchLimit: batchLimit
            )
        } catch {
            throw Failure(.failed, "the tracer can't be started: \(error)")
        }
    }
}

extension TargetSelection {
    /// The processes that were given by number.
    var named: [ProcessID] {
        switch self {
        case .listed(let processes), .trees(let processes): processes
        case .all, .named: []
        }
    }
}
