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

    /// Records and writes.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run(to output: RecordingOutput) async throws {
        var options = Recorder.Options()
        options.separatesThreads = separatesThreads
        let run = try await RecordingRun.start(target, sampler: sampler, options: options)
        await waitForEnd(run.parts, since: run.startedAt)
        let status = await run.end()
        let (sampled, summary) = await run.parts.recorder.finish(
            target: run.title,
            startNanoseconds: run.startNanoseconds,
            durationNanoseconds: UInt64(
                clamping: (ContinuousClock.now - run.startedAt).nanoseconds
            ),
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

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }
}
