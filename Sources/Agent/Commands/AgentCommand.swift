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

    @Option(
        name: .customLong("web.allowed-host"),
        help: "A further name by which clients may address this server; repeatable."
    )
    var allowedHosts: [String] = []

    @Option(help: "Sampling points a second.")
    var rate = 19.0

    @Option(name: .customLong("pid"), help: "Sample this process only; repeatable.")
    var pids: [Int32] = []

    @Option(
        name: .customLong("stop-method"),
        help: "How threads are stopped: seize, or attach where PTRACE_SEIZE is missing."
    )
    var stopMethod = StopMethod.seize

    @Option(
        name: .customLong("budget.target-pause"),
        help: "Most time that a target may be held, as percent of its own CPU time."
    )
    var targetPausePercent = 0.2

    @Option(
        name: .customLong("budget.agent-cpu"),
        help: "Most CPU time that visits may cost, as percent of all CPUs."
    )
    var agentCPUPercent = 0.5

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
        guard rate >= SamplingRate.lowest.hertz, rate <= SamplingRate.highest.hertz else {
            throw ValidationError("--rate must be between 1/60 and 10000 a second")
        }
        guard targetPausePercent > 0, targetPausePercent <= 100 else {
            throw ValidationError("--budget.target-pause must be above 0 and at most 100 percent")
        }
        guard agentCPUPercent > 0, agentCPUPercent <= 100 else {
            throw ValidationError("--budget.agent-cpu must be above 0 and at most 100 percent")
        }
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
            web.allowedHosts = allowedHosts
            try await AgentService(
                sampler: samplerConfiguration(),
                web: web,
                processes: pids.map(ProcessID.init),
                runsCanary: !noCanary,
                procRoot: procRoot
            ).run()
        }
    }

    private func samplerConfiguration() -> SamplerConfiguration {
        var configuration = SamplerConfiguration(
            cpuCount: Host.cpuCount,
            seed: UInt64.random(in: .min ... .max)
        )
        configuration.rate = SamplingRate(hertz: rate)
        configuration.budget.pauseShare = targetPausePercent / 100
        configuration.budget.agentShare = agentCPUPercent / 100
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
