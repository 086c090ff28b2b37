// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Logging
import Profiles
import Sampler
import ServiceLifecycle
import UnixSignals

/// The agent as a whole: builds its parts, runs them, and ends them in order.
struct AgentService {
    let sampler: SamplerConfiguration
    let web: WebConfiguration
    /// The processes to sample; all of the host if empty.
    let processes: [ProcessID]
    let runsCanary: Bool
    let procRoot: String

    /// Runs until SIGTERM or SIGINT.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run() async throws {
        try checkTargets()
        var logger = Logger(label: "ptarmigan") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let runtime = try? RuntimeDirectory.open()
        let parts = try makeParts(runtime: runtime)
        if parts.capability.tier != .full {
            logger.warning(
                "Reduced: \(parts.capability.tier.meaning); ptarmigan doctor says why",
                metadata: ["tier": "\(parts.capability.tier.rawValue)"]
            )
        }
        let manager = try? ServiceManager()
        let health = AgentHealth(
            pulse: parts.tracer.pulse,
            periodNanoseconds: sampler.rate.periodNanoseconds
        )
        let metrics = AgentMetrics(
            aggregator: parts.aggregator,
            targets: parts.targets,
            canary: parts.canary,
            capability: parts.capability
        )
        let server = WebServer(
            configuration: web,
            version: Version.text,
            sources: WebServer.Sources(
                metrics: { await metrics.families() },
                healthy: { health.healthy() },
                ready: { health.ready() }
            ),
            logger: logger,
            onListening: { port in
                try? manager?.ready(status: "sampling at \(sampler.rate.hertz) Hz")
                Banner.print(host: web.listenAddress.host, port: port, sampler: sampler)
            }
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: SamplingService(parts: parts)),
                    .init(
                        service: DiscoveryService(
                            parts: parts,
                            runtime: runtime,
                            health: health,
                            manager: manager
                        )
                    ),
                    .init(service: SummaryService(aggregator: parts.aggregator)),
                    .init(service: server),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch let error as WebServerError {
            throw Failure(.failed, error.description)
        }
        try? manager?.stopping()
        runtime?.removePage()
    }

    /// Refuses what was named and can't be sampled, before anything starts.
    private func checkTargets() throws {
        var reader = ProcReader(root: sampler.procRoot)
        guard case .value = reader.status(of: ProcessID(getpid())) else {
            throw Failure(
                .failed,
                "\(procRoot) can't be read as a proc file system; is it mounted in this namespace?"
            )
        }
        try Failure.checkTargets(processes, in: sampler.procRoot)
    }

    private func makeParts(runtime: RuntimeDirectory?) throws -> AgentParts {
        do {
            return try AgentParts(
                sampler: sampler,
                processes: processes,
                runsCanary: runsCanary,
                procRoot: procRoot,
                runtime: runtime
            )
        } catch {
            throw Failure(.failed, "the tracer can't be started: \(error)")
        }
    }
}
