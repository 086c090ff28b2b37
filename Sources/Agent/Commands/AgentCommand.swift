// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Profiles
import Sampler

/// `ptarmigan agent`: sample this host's processes and serve what was counted.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Sample the processes of this host and serve metrics to Prometheus."
    )

    @Option(
        name: .customLong("web.listen-address"),
        help: "Where to serve, as HOST:PORT, :PORT or [ADDRESS]:PORT."
    )
    var listenAddress = ListenAddress.standard.description

    @Flag(
        name: .customLong("web.systemd-socket"),
        help: "Serve the socket that systemd passes, in place of a listen address."
    )
    var usesSystemdSocket = false

    @Option(
        name: .customLong("web.allowed-host"),
        help: "A further name by which clients may address this server; repeatable."
    )
    var allowedHosts: [String] = []

    @Option(
        name: .customLong("web.max-profile-seconds"),
        help: "The longest profile that may be asked for. (default: 60)"
    )
    var maximumProfileSeconds: Int?

    @Option(
        name: .customLong("web.max-profiles"),
        help: "The most profiles that are waited for at a time: groups times scrapers. (default: 4)"
    )
    var maximumProfiles: Int?

    @Flag(
        name: .customLong("web.allow-unauthenticated-profiles"),
        help: "Serve profiles to anybody who can connect, also off this host."
    )
    var allowsUnauthenticatedProfiles = false

    @Option(
        name: .customLong("web.config.file"),
        help: "A YAML file of TLS, users and headers for the web server; followed as it changes."
    )
    var webConfigurationFile: String?

    @Option(
        name: .customLong("admin.socket"),
        help: """
            The UNIX socket for `record --via-agent`; empty for none. (default: admin.sock in the \
            runtime directory)
            """
    )
    var adminSocket: String?

    @Option(
        name: .customLong("config.file"),
        help: "A YAML file of groups, targets and limits; read again on SIGHUP."
    )
    var configurationFile: String?

    @Option(help: "Sampling points a second. (default: 19)")
    var rate: Double?

    @Option(name: .customLong("pid"), help: "Sample this process only; repeatable.")
    var pids: [Int32] = []

    @Option(
        name: .customLong("stop-method"),
        help: "How threads are stopped: seize, or attach where PTRACE_SEIZE is missing."
    )
    var stopMethod = StopMethod.seize

    @Option(
        name: .customLong("budget.target-pause"),
        help: """
            Most time that a target may be held, as percent of its own CPU time. \
            (default: 0.2)
            """
    )
    var targetPausePercent: Double?

    @Option(
        name: .customLong("budget.agent-cpu"),
        help: "Most CPU time that the agent may use, as percent of all CPUs. (default: 0.5)"
    )
    var agentCPUPercent: Double?

    @Option(
        name: .customLong("budget.max-pause"),
        help: """
            A target whose visits last longer than so many milliseconds again and again is left \
            alone for a while. (default: 10)
            """
    )
    var longestPauseMilliseconds: Double?

    @Option(
        name: .customLong("budget.memory"),
        help: "Resident memory above which caches are emptied, in MiB. (default: 96)"
    )
    var memoryMebibytes: Double?

    @Option(
        name: .customLong("profiles.keep-minutes"),
        help: "For how long profiles are kept to be asked for. (default: 15)"
    )
    var profileMinutes: Double?

    @Option(
        name: .customLong("pause.file"),
        help: "While this file exists no target is stopped; SIGUSR1 pauses and resumes likewise."
    )
    var pauseFile: String?

    @Flag(
        name: .customLong("metrics.inclusive"),
        help: "Also count samples of functions that were anywhere on the stack."
    )
    var countsInclusive = false

    @Flag(
        name: .customLong("syscalls.windows"),
        help:
            "Also watch the system calls of what is busiest, in windows of what the budgets leave."
    )
    var watchesCalls = false

    @Option(
        name: .customLong("syscalls.duration"),
        help: "A system call whose durations in those windows are kept; repeatable."
    )
    var timedCalls: [String] = []

    @Flag(name: .customLong("no-canary"), help: "Run without the process that watches for harm.")
    var noCanary = false

    @Option(
        name: .customLong("path.procfs"),
        help: ArgumentHelp("The proc file system.", visibility: .hidden)
    )
    var procRoot = "/proc"

    @Flag(help: ArgumentHelp("Visit without a look first.", visibility: .hidden))
    var debugNoLook = false

    @Flag(help: ArgumentHelp("Leave interrupted calls alone.", visibility: .hidden))
    var debugNoRepair = false

    @Flag(help: ArgumentHelp("Visit threads that run in the kernel.", visibility: .hidden))
    var debugNoTransferGuard = false

    @Option(help: ArgumentHelp("Die at a point of the first visit.", visibility: .hidden))
    var debugDieAt: DeathPoint?

    func validate() throws {
        try Self.check(
            rate,
            in: SamplingLimits.rate,
            "--rate must be between 1/60 and 10000 a second"
        )
        try Self.check(
            targetPausePercent,
            in: SamplingLimits.percent,
            "--budget.target-pause must be above 0 and at most 100 percent"
        )
        try Self.check(
            agentCPUPercent,
            in: SamplingLimits.percent,
            "--budget.agent-cpu must be above 0 and at most 100 percent"
        )
        try Self.check(
            memoryMebibytes,
            in: SamplingLimits.memoryMebibytes,
            "--budget.memory must be at least 32 and at most 65536 MiB"
        )
        try Self.check(
            longestPauseMilliseconds,
            in: SamplingLimits.pauseMilliseconds,
            "--budget.max-pause must be above 0 and at most 60000 ms"
        )
        try Self.check(
            maximumProfileSeconds.map(Double.init),
            in: SamplingLimits.profileSeconds,
            "--web.max-profile-seconds must be at least 1 and at most 3600"
        )
        try Self.check(
            maximumProfiles.map(Double.init),
            in: SamplingLimits.profiles,
            "--web.max-profiles must be at least 1 and at most 200"
        )
        try Self.check(
            profileMinutes,
            in: SamplingLimits.profileMinutes,
            "--profiles.keep-minutes must be at least 0.5 and at most 120"
        )
        do throws(TimedCalls.Problem) {
            _ = try TimedCalls(timedCalls)
        } catch {
            throw ValidationError("--syscalls.duration: \(error)")
        }
    }

    private static func check(
        _ value: Double?,
        in range: ClosedRange<Double>,
        _ message: String
    ) throws {
        guard let value, !range.contains(value) else { return }
        throw ValidationError(message)
    }

    func run() async throws {
        try await Failure.reporting {
            let address: ListenAddress
            do {
                address = try ListenAddress(parsing: listenAddress)
            } catch {
                throw Failure(.failed, "\(error)")
            }
            var web = WebConfiguration(listenAddress: address)
            if usesSystemdSocket { web.socket = try SystemdSocket.take() }
            web.allowedHosts = allowedHosts
            web.allowsUnauthenticatedProfiles = allowsUnauthenticatedProfiles
            if let maximumProfiles { web.maximumConcurrentProfiles = maximumProfiles }
            if let maximumProfileSeconds { web.maximumProfileSeconds = maximumProfileSeconds }
            web.security = try webConfigurationFile.map { try WebSecurityFile(path: $0).source() }
            let file = configurationFile.map { ConfigurationFile(path: $0) }
            let configuration = try file?.read() ?? AgentConfiguration()
            let options = try options()
            try await AgentService(
                sampler: samplerConfiguration(with: configuration, options),
                configuration: configuration,
                file: file,
                options: options,
                web: web,
                adminSocket: adminSocket,
                processes: pids.map(ProcessID.init),
                runsCanary: !noCanary,
                countsInclusive: countsInclusive,
                procRoot: procRoot
            ).run()
        }
    }

    private func options() throws -> SamplingOptions {
        SamplingOptions(
            rate: rate,
            targetPausePercent: targetPausePercent,
            longestPauseMilliseconds: longestPauseMilliseconds,
            agentCPUPercent: agentCPUPercent,
            memoryMebibytes: memoryMebibytes,
            watchesCalls: watchesCalls,
            timedCalls: try TimedCalls(timedCalls),
            profileMinutes: profileMinutes
        )
    }

    private func samplerConfiguration(
        with file: AgentConfiguration,
        _ options: SamplingOptions
    ) -> SamplerConfiguration {
        var configuration = SamplerConfiguration(
            cpuCount: Host.cpuCount,
            seed: UInt64.random(in: .min ... .max)
        )
        configuration.rate = options.rate(with: file)
        configuration.budget = options.limits(with: file, cpuCount: Host.cpuCount)
        configuration.pauseFile = pauseFile
        configuration.engine.stackBytes = StackCopy.mostBytes
        configuration.recordsWaits = true
        // Enough to get out of the C library; and of thousands of threads a few at a time.
        configuration.waitStackBytes = 2 << 10
        configuration.waitStacksPerBatch = 128
        configuration.engine.method = stopMethod
        configuration.engine.looks = !debugNoLook
        configuration.engine.repairs = !debugNoRepair
        configuration.engine.deathPoint = debugDieAt
        configuration.guardsTransfers = !debugNoTransferGuard
        configuration.procRoot = ProcRoot(procRoot)
        configuration.descriptorCapacity = Host.descriptorCapacity()
        return configuration
    }
}

extension StopMethod: ExpressibleByArgument {}
extension DeathPoint: ExpressibleByArgument {}
