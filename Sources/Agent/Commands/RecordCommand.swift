// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Glibc
import Profiles
import Sampler

/// `ptarmigan record`: sample some processes for a time and write a profile.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Sample processes for a time, and write a flame graph or another profile.",
        discussion: """
            Records until the time is over, Ctrl-C, or the end of the last target, and then writes \
            what there is. A command after -- is recorded from its first instruction.

            With --via-agent the running agent samples, within its budgets: a user's own processes \
            for that user, any for root.
            """
    )

    @Option(
        name: [.short, .customLong("pid")],
        help: "The processes, as numbers with commas between them."
    )
    var pids: PIDList?

    @Option(name: [.short, .customLong("name")], help: "All processes of this command name.")
    var name: String?

    @Option(name: [.short, .customLong("duration")], help: "Seconds; without it until Ctrl-C.")
    var duration: Double?

    @Option(
        name: [.short, .customLong("rate")],
        help: "Sampling points a second. (default: 99, or the agent's own)"
    )
    var rate: Double?

    @Option(
        name: [.short, .customLong("output")],
        help: "The file to write; its ending picks the format, and - is the standard output."
    )
    var output: String?

    @Option(name: [.short, .customLong("format")], help: "The format, whatever the file's ending.")
    var format: ProfileFormat?

    @Flag(help: "Record waiting too: the profile is one of time by the clock on the wall.")
    var wall = false

    @Flag(name: [.short, .customLong("threads")], help: "Keep threads apart.")
    var threads = false

    @Flag(name: [.customShort("s"), .customLong("subprocesses")], help: "Follow children.")
    var subprocesses = false

    @Flag(
        inversion: .prefixedNo,
        help: "Show inlined functions as frames of their own, where there is debug information."
    )
    var inline = true

    @Flag(help: "Visit threads that run in the kernel too; this can cut their transfers short.")
    var visitKernel = false

    @Option(
        name: .customLong("budget.target-pause"),
        help: "Most time that a target may be held, as percent of its own CPU time. (default: 1)"
    )
    var targetPausePercent: Double?

    @Flag(
        name: .customLong("via-agent"),
        help: "Have the running agent sample, for the time that it allows or 30 seconds."
    )
    var viaAgent = false

    @Option(
        name: .customLong("admin.socket"),
        help: "Where that agent listens. (default: admin.sock in its runtime directory)"
    )
    var adminSocket: String?

    @Argument(parsing: .postTerminator, help: "A command to start and record.")
    var command: [String] = []

    func validate() throws {
        let targets = [pids != nil, name != nil, !command.isEmpty].count { $0 }
        guard targets == 1 else {
            throw ValidationError("name what to record: one of -p PID, -n NAME or -- COMMAND")
        }
        let rates = SamplingRate.lowest.hertz...SamplingRate.highest.hertz
        if let rate, !rates.contains(rate) {
            throw ValidationError("--rate must be between 1/60 and 10000 a second")
        }
        if let duration, !(duration > 0 && duration <= 86_400) {
            throw ValidationError("--duration must be above 0 and at most 86400 seconds")
        }
        if let targetPausePercent, !(targetPausePercent > 0 && targetPausePercent <= 100) {
            throw ValidationError("--budget.target-pause must be above 0 and at most 100 percent")
        }
        if viaAgent, let reason = notForAgents { throw ValidationError(reason) }
        if !viaAgent, adminSocket != nil {
            throw ValidationError("--admin.socket is for --via-agent; add that")
        }
    }

    /// What was asked for that an agent does not do; nil for nothing.
    private var notForAgents: String? {
        if !command.isEmpty {
            return "an agent samples what runs already; leave out --via-agent to record a command"
        }
        let option: String? =
            if wall {
                "--wall"
            } else if subprocesses {
                "--subprocesses"
            } else if visitKernel {
                "--visit-kernel"
            } else if targetPausePercent != nil {
                "--budget.target-pause"
            } else {
                nil
            }
        return option.map {
            "\($0) can't be had from an agent, which keeps to its own ways; leave one of it and "
                + "--via-agent out"
        }
    }

    func run() async throws {
        try await Failure.reporting {
            let file = try RecordingOutput(path: output, format: format)
            guard !viaAgent else { return try await viaAgentRecording.run(to: file) }
            let limit = (try? DescriptorLimit.raise())
            var sampler = SamplerConfiguration.recording(
                rate: SamplingRate(hertz: rate ?? Self.standardRate),
                targetPausePercent: targetPausePercent ?? Self.standardTargetPausePercent,
                recordsWaits: wall,
                descriptorCapacity: limit?.cacheCapacity ?? 512
            )
            sampler.guardsTransfers = !visitKernel
            let session = RecordingSession(
                sampler: sampler,
                target: try target(openFiles: limit?.softBefore ?? 1_024),
                duration: duration.map { .nanoseconds(Int64($0 * 1e9)) },
                separatesThreads: threads,
                inlines: inline
            )
            try await session.run(to: file)
        }
    }

    private static let standardRate = 99.0
    private static let standardTargetPausePercent = 1.0

    private var viaAgentRecording: ViaAgentRecording {
        ViaAgentRecording(
            request: AdminRequest(
                target: name.map { .named($0) } ?? .processes(pids?.processes ?? []),
                seconds: duration,
                rate: rate.map { SamplingRate(hertz: $0) },
                separatesThreads: threads
            ),
            sockets: adminSocket.map { [$0] } ?? RuntimeDirectory.adminSocketCandidates,
            inlines: inline
        )
    }

    private func target(openFiles: UInt64) throws -> RecordingTarget {
        if let name { return .selection(.named(name), title: name) }
        if let pids {
            let processes = pids.processes
            let title = processes.map(\.description).joined(separator: ",")
            return .selection(subprocesses ? .trees(processes) : .listed(processes), title: title)
        }
        return .command(command, openFiles: openFiles, followsChildren: subprocesses)
    }
}

/// Numbers of processes with commas between them.
struct PIDList: ExpressibleByArgument {
    let processes: [ProcessID]

    init?(argument: String) {
        var processes: [ProcessID] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int32(part), number > 0 else { return nil }
            processes.append(ProcessID(number))
        }
        self.processes = processes
    }
}
