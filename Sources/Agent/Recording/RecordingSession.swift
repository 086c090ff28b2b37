// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler
import SystemPackage
import UnixSignals

/// One run of `record`: samples its targets, waits for the end, and writes what there is.
struct RecordingSession {
    let sampler: SamplerConfiguration
    let target: RecordingTarget
    /// Nil: until Ctrl-C or the end of the last target.
    let duration: Duration?
    let separatesThreads: Bool
    /// Whether inlined functions become frames of their own.
    let inlines: Bool

    /// How often new targets are looked for, and whether all have ended.
    private static let scanPeriod = Duration.milliseconds(100)
    /// Most batches that wait to be unwound; further ones push the oldest out and are counted.
    private static let batchLimit = 256

    /// Records and writes.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run(to output: RecordingOutput) async throws {
        let launched = try launch()
        let (selection, title) = selection(launched)
        try Failure.checkTargets(selection.named, in: sampler.procRoot)
        let parts = try makeParts(selection)
        let clock = ContinuousClock.now
        let began = RealTime.nanoseconds
        let tracing = Task {
            async let sampling: Void = parts.tracer.run()
            for await batch in parts.tracing.batches {
                let wanted = await parts.recorder.ingest(batch)
                await parts.tracer.copyStacks(wanted)
            }
            await sampling
        }
        guard await parts.discover() else {
            launched?.end()
            await end(parts, tracing)
            throw Failure(.noSuchProcess, "no process of \(title) is there to be recorded")
        }
        launched?.poke()
        launched?.closePipe()
        await waitForEnd(parts, since: clock)
        await end(parts, tracing)
        let status = endLaunched(launched)
        let (sampled, summary) = await parts.recorder.finish(
            target: title,
            startNanoseconds: began,
            durationNanoseconds: UInt64(clamping: (ContinuousClock.now - clock).nanoseconds),
            rate: sampler.rate
        )
        let lines = SourceLines(inlines: inlines)
        let (profile, lineSummary) = lines.add(to: sampled)
        try output.write(profile)
        RecordingReport.print(
            profile,
            summary,
            lineSummary,
            to: output,
            commandStatus: status
        )
    }

    /// Lets every thread go, and takes in what was seen until then.
    private func end(_ parts: RecordingParts, _ tracing: Task<Void, Never>) async {
        await parts.tracer.stop()
        await tracing.value
        parts.tracing.end()
    }

    /// Ends a command that was started for the recording, if it still runs.
    ///
    /// - Returns: its wait status (wait(2)).
    private func endLaunched(_ launched: HelperProcess?) -> Int32? {
        guard let launched else { return nil }
        kill(launched.process.rawValue, SIGTERM)
        return launched.collect()
    }

    private func launch() throws -> HelperProcess? {
        guard case .command(let command, let openFiles, _) = target else { return nil }
        do {
            return try HelperProcess.startGated(
                ["ptarmigan", "launch", "--open-files", "\(openFiles)", "--"] + command
            )
        } catch {
            throw Failure(.failed, "\(command.first ?? "") can't be started: \(error)")
        }
    }

    private func selection(_ launched: HelperProcess?) -> (TargetSelection, title: String) {
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

    private func makeParts(_ selection: TargetSelection) throws -> RecordingParts {
        do {
            return try RecordingParts(
                sampler: sampler,
                selection: selection,
                separatesThreads: separatesThreads,
                batchLimit: Self.batchLimit
            )
        } catch {
            throw Failure(.failed, "the tracer can't be started: \(error)")
        }
    }

    /// Returns at the end of the time, at a signal, or when no target is left.
    private func waitForEnd(_ parts: RecordingParts, since began: ContinuousClock.Instant) async {
        let progress = RecordingProgress(began: began)
        await withTaskGroup { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return }
            }
            group.addTask {
                while !Task.isCancelled {
                    if let duration, ContinuousClock.now - began >= duration { return }
                    guard await parts.discover() else { return }
                    await progress.show(parts.recorder)
                    try? await Task.sleep(for: Self.scanPeriod)
                }
            }
            await group.next()
            group.cancelAll()
        }
        progress.clear()
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

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }
}
