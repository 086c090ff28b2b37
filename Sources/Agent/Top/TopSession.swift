// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles
import Sampler

/// One run of `top`: samples its targets and shows what it finds, period by period.
struct TopSession {
    /// How the view is set at its start, and how long it goes on.
    struct Options: Hashable {
        var view = TopView.function
        var showsWaits = false
        /// How long a period is.
        var delay = Duration.seconds(1)
        /// Write the periods one after the other, as text.
        var isBatch = false
        /// How many periods; nil: until the end.
        var periods: Int?
    }

    /// Why a view has ended.
    enum End {
        /// By a key, a signal, or the number of periods.
        case asked
        case targetsEnded
    }

    let sampler: SamplerConfiguration
    let target: RecordingTarget
    let options: Options

    /// How often it is asked whether targets have begun or ended; to look for new ones among all
    /// processes takes longer than to see whether those given are there.
    private static let shortScanPeriod = Duration.milliseconds(100)
    private static let longScanPeriod = Duration.milliseconds(500)
    /// Pauses that are kept: their quantiles are worked out for each picture.
    private static let pauseLimit = 1 << 13

    /// Shows until the end.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run() async throws {
        let events = TopEvents()
        let period = TopPeriod()
        var recorderOptions = Recorder.Options()
        recorderOptions.separatesThreads = true
        recorderOptions.pauseLimit = Self.pauseLimit
        let run = try await RecordingRun.start(
            target,
            sampler: sampler,
            options: recorderOptions,
            showsCommand: false,
            onPeriod: { events.send(.window(await period.take(from: $0))) }
        )
        // A reader that has gone ends the view and not the program; only now, because a command
        // would keep it.
        signal(SIGPIPE, SIG_IGN)
        let end = await withTaskGroup { group in
            group.addTask { await endPeriods(run.parts.tracer) }
            group.addTask { await watchTargets(run.parts, events) }
            let end = await show(events, run)
            group.cancelAll()
            return end
        }
        let status = await run.end()
        let window = await period.take(from: run.parts.recorder)
        report(end, window.summary, run, commandStatus: status)
    }

    private func endPeriods(_ tracer: Tracer) async {
        var next = ContinuousClock.now
        while true {
            next = max(next + options.delay, .now)
            guard (try? await Task.sleep(until: next, clock: .continuous)) != nil else { return }
            await tracer.endPeriod()
        }
    }

    private func watchTargets(_ parts: RecordingParts, _ events: TopEvents) async {
        while (try? await Task.sleep(for: scanPeriod)) != nil {
            guard await parts.discover() else { return events.send(.targetsEnded) }
        }
    }

    private var scanPeriod: Duration {
        switch target {
        case .selection(.listed, _), .command(_, _, followsChildren: false): Self.shortScanPeriod
        case .selection, .command: Self.longScanPeriod
        }
    }

    private func show(_ events: TopEvents, _ run: RecordingRun) async -> End {
        let sampling = TopSampling(run.parts)
        let subject = TopHeader.Subject(title: run.title, rate: sampler.rate)
        if !options.isBatch, var terminal = Terminal() {
            let view = TopTerminalView(subject: subject, options: options, sampling: sampling)
            return await view.show(events, on: &terminal)
        }
        let view = TopTextView(subject: subject, options: options, sampling: sampling)
        return await view.show(events)
    }

    /// Says why the view has ended, and what it came to and cost.
    private func report(
        _ end: End,
        _ summary: RecordingSummary,
        _ run: RecordingRun,
        commandStatus: Int32?
    ) {
        var text = ""
        if end == .targetsEnded {
            text += "ptarmigan: \(VisibleText(replacingControlsIn: run.title)) has ended\n"
        }
        let duration = UInt64(clamping: (ContinuousClock.now - run.startedAt).nanoseconds)
        text += RecordingReport.text(.wall, durationNanoseconds: duration, summary)
        if let commandStatus, let line = RecordingReport.line(commandStatus: commandStatus) {
            text += line
        }
        StandardError.write(text)
    }
}
