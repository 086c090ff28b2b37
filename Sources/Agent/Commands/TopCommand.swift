// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles
import Sampler

/// `ptarmigan top`: a live view of what takes the CPU time, and of what waits for what.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Show which functions take the CPU time, live.",
        discussion: """
            Without a target all processes are shown that may be sampled. On a terminal, h shows \
            the keys and q quits; elsewhere each period is written as text. What a command after \
            -- writes is not shown.
            """
    )

    @Option(
        name: [.short, .customLong("pid")],
        help: "The processes, as numbers with commas between them."
    )
    var pids: PIDList?

    @Option(name: [.short, .customLong("name")], help: "All processes of this command name.")
    var name: String?

    @Option(name: [.short, .customLong("rate")], help: "Sampling points a second.")
    var rate = 99.0

    @Option(help: "Seconds that a period lasts.")
    var delay = 1.0

    @Option(help: "What the rows are at the start: function, thread or group.")
    var by: TopView?

    @Flag(name: [.short, .customLong("threads")], help: "The same as --by thread.")
    var threads = false

    @Flag(help: "Show all time at the start, and not only CPU time: what threads wait in.")
    var wall = false

    @Flag(name: [.customShort("s"), .customLong("subprocesses")], help: "Follow children.")
    var subprocesses = false

    @Flag(
        name: [.short, .customLong("batch")],
        help: "Write each period as text, also to a terminal."
    )
    var batch = false

    @Flag(help: "Write one period as text, and end.")
    var once = false

    @Option(help: "End after so many periods.")
    var periods: Int?

    @Option(
        name: .customLong("budget.target-pause"),
        help: "Most time that a target may be held, as percent of its own CPU time."
    )
    var targetPausePercent = 1.0

    @Argument(parsing: .postTerminator, help: "A command to start and watch.")
    var command: [String] = []

    func validate() throws {
        let targets = [pids != nil, name != nil, !command.isEmpty].count { $0 }
        guard targets <= 1 else {
            throw ValidationError("name one target: -p PID, -n NAME or -- COMMAND, or none for all")
        }
        guard rate >= SamplingRate.lowest.hertz, rate <= SamplingRate.highest.hertz else {
            throw ValidationError("--rate must be between 1/60 and 10000 a second")
        }
        guard delay >= 0.1, delay <= 3_600 else {
            throw ValidationError("--delay must be between 0.1 and 3600 seconds")
        }
        guard targetPausePercent > 0, targetPausePercent <= 100 else {
            throw ValidationError("--budget.target-pause must be above 0 and at most 100 percent")
        }
        if let periods, periods < 1 { throw ValidationError("--periods must be at least 1") }
        guard !(once && periods != nil) else {
            throw ValidationError("--once is one period; leave --periods out")
        }
        guard !(threads && by ?? .thread != .thread) else {
            throw ValidationError("-t means --by thread; leave one of them out")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let limit = (try? DescriptorLimit.raise())
            var sampler = SamplerConfiguration.recording(
                rate: SamplingRate(hertz: rate),
                targetPausePercent: targetPausePercent,
                recordsWaits: true,
                descriptorCapacity: limit?.cacheCapacity ?? 512
            )
            // A view may stay for days, beside a program with thousands of threads that sleep.
            sampler.longestBackOffNanoseconds = 250_000_000
            let session = TopSession(
                sampler: sampler,
                target: target(openFiles: limit?.softBefore ?? 1_024),
                options: options
            )
            try await session.run()
        }
    }

    /// How the view is set.
    var options: TopSession.Options {
        TopSession.Options(
            view: by ?? (threads ? .thread : .function),
            showsWaits: wall,
            delay: .nanoseconds(Int64(delay * 1e9)),
            isBatch: batch || once,
            periods: once ? 1 : periods
        )
    }

    /// What is sampled.
    func target(openFiles: UInt64) -> RecordingTarget {
        if let name { return .selection(.named(name), title: name) }
        if let pids {
            let processes = pids.processes
            let title = processes.map(\.description).joined(separator: ",")
            return .selection(subprocesses ? .trees(processes) : .listed(processes), title: title)
        }
        guard command.isEmpty else {
            return .command(command, openFiles: openFiles, followsChildren: subprocesses)
        }
        return .selection(.all, title: "all processes")
    }
}
