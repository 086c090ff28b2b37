// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
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
    /// What the file says, and where it is.
    let configuration: AgentConfiguration
    let file: ConfigurationFile?
    let options: SamplingOptions
    let web: WebConfiguration
    /// What `--admin.socket` says; nil where it is not given.
    let adminSocket: String?
    /// The processes to sample; all of the host if empty.
    let processes: [ProcessID]
    let runsCanary: Bool
    let countsInclusive: Bool
    let procRoot: String

    /// Runs until SIGTERM or SIGINT.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run() async throws {
        try checkTargets()
        cptrace_keep_heap_small()
        let logCounts = LogCounts()
        var logger = Logger(label: "ptarmigan") {
            CountedLogHandler(StreamLogHandler.standardError(label: $0), counts: logCounts)
        }
        logger.logLevel = .notice
        let runtime = try? RuntimeDirectory.open()
        let parts = try makeParts(runtime: runtime)
        try await applyRules(to: parts.targets)
        await parts.limitMemory(to: options.memoryBytes(with: configuration))
        await parts.aggregator.keepProfiles(
            forNanoseconds: options.profileNanoseconds(with: configuration)
        )
        await parts.tracer.watchCalls(of: options.windows(with: configuration))
        await parts.aggregator.time(options.timedCalls(with: configuration))
        if parts.capability.tier != .full {
            logger.warning(
                "Reduced: \(parts.capability.tier.meaning); ptarmigan doctor says why",
                metadata: ["tier": "\(parts.capability.tier.rawValue)"]
            )
        }
        let manager = try? ServiceManager()
        let health = AgentHealth(pulse: parts.tracer.pulse)
        let reloads = ReloadState(startedAtSeconds: WallClock.seconds)
        let discovery = DiscoveryService(
            parts: parts,
            runtime: runtime,
            health: health,
            manager: manager
        )
        let reload = ReloadService(
            file: file,
            options: options,
            parts: parts,
            state: reloads,
            logger: logger
        )
        let usage = AdminUsageCounter()
        let server = server(parts, reloads, logCounts, usage, health, manager, logger)
        let admin = try AgentAdmin(
            recordings: parts.recordings,
            usage: usage,
            maximumSeconds: web.maximumProfileSeconds,
            logger: logger
        ).server(at: AdminSocketFile(option: adminSocket, runtime: runtime))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: SamplingService(parts: parts)),
                    .init(service: discovery),
                    .init(service: reload),
                    .init(service: CallWindowService(parts: parts)),
                    .init(service: PauseService(tracer: parts.tracer, logger: logger)),
                    .init(service: SummaryService(aggregator: parts.aggregator)),
                    .init(service: server),
                ] + [admin].compactMap { $0 }.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch let error where error is WebServerError || error is AdminServerError {
            throw Failure(.failed, "\(error)")
        }
        try? manager?.stopping()
        runtime?.removePage()
    }

    private func server(
        _ parts: AgentParts,
        _ reloads: ReloadState,
        _ logCounts: LogCounts,
        _ usage: AdminUsageCounter,
        _ health: AgentHealth,
        _ manager: ServiceManager?,
        _ logger: Logger
    ) -> WebServer {
        let metrics = AgentMetrics(
            aggregator: parts.aggregator,
            targets: parts.targets,
            canary: parts.canary,
            capability: parts.capability,
            hasPriority: parts.tracing.hasPriority,
            reloads: reloads,
            logCounts: logCounts,
            security: web.security?.counter,
            admin: usage
        )
        return WebServer(
            configuration: web,
            version: Version.text,
            sources: WebServer.Sources(
                metrics: metrics.sources,
                healthy: { health.healthy() },
                ready: { health.ready() },
                profiles: LiveProfiles(
                    tracer: parts.tracer,
                    aggregator: parts.aggregator,
                    targets: { await parts.targets.table(tier: parts.capability.tier) }
                ).source
            ),
            logger: logger,
            onListening: { port in
                try? manager?.ready(status: "sampling at \(sampler.rate.hertz) Hz")
                Banner.print(
                    scheme: web.security?.isEncrypted == true ? "https" : "http",
                    host: web.listenAddress.host,
                    port: port,
                    sampler: sampler
                )
            }
        )
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

    private func applyRules(to targets: TargetWatch) async throws {
        do throws(RegularExpression.Malformed) {
            try await targets.apply(configuration.rules)
        } catch {
            throw Failure(.failed, error.description)
        }
    }

    private func makeParts(runtime: RuntimeDirectory?) throws -> AgentParts {
        do {
            return try AgentParts(
                sampler: sampler,
                processes: processes,
                runsCanary: runsCanary,
                countsInclusive: countsInclusive,
                procRoot: procRoot,
                runtime: runtime
            )
        } catch {
            throw Failure(.failed, "the tracer can't be started: \(error)")
        }
    }
}
