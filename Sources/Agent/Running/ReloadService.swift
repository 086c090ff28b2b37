// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Sampler
import ServiceLifecycle
import UnixSignals

/// Reads the configuration file again when SIGHUP comes; one with an error changes nothing.
struct ReloadService: Service {
    /// Nil where there is none: the signal then does nothing, instead of ending the agent.
    let file: ConfigurationFile?
    let options: SamplingOptions
    let parts: AgentParts
    let state: ReloadState
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            guard let file else {
                logger.notice("SIGHUP: there is no configuration file to read again")
                continue
            }
            await reload(file)
        }
    }

    private func reload(_ file: ConfigurationFile) async {
        do {
            let configuration = try file.read()
            try await parts.targets.apply(configuration.rules)
            await parts.tracer.reconfigure(
                rate: options.rate(with: configuration),
                limits: options.limits(with: configuration, cpuCount: Host.cpuCount)
            )
            await parts.tracer.watchCalls(of: options.windows(with: configuration))
            await parts.aggregator.time(options.timedCalls(with: configuration))
            await parts.limitMemory(to: options.memoryBytes(with: configuration))
            await parts.aggregator.keepProfiles(
                forNanoseconds: options.profileNanoseconds(with: configuration)
            )
            state.noteSuccess(atSeconds: WallClock.seconds)
            logger.notice("Read \(file.path) again")
        } catch let failure as Failure {
            state.noteFailure()
            logger.error("\(failure.message); the former configuration stays in force")
        } catch {
            state.noteFailure()
            logger.error("\(file.path): \(error); the former configuration stays in force")
        }
    }
}
