// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler
import ServiceLifecycle

/// Finds targets once a second, hears operators' requests, and feeds the service manager's
/// watchdog.
struct DiscoveryService: Service {
    let parts: AgentParts
    let runtime: RuntimeDirectory?
    let health: AgentHealth
    let manager: ServiceManager?

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await scan()
                if case .healthy = health.healthy() { try? manager?.watchdog() }
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func scan() async {
        let now = MonotonicInstant.now()
        let changes = await parts.targets.refresh(now: now)
        if !changes.isEmpty {
            // What is sampled for a request alone counts for that one alone.
            await parts.aggregator.update(added: changes.added.filter { !$0.isLent })
            await parts.tracer.update(added: changes.added, removed: changes.removed)
        }
        for request in runtime?.takeRequests() ?? [] {
            await parts.tracer.letAlone(
                request.process,
                until: now.advanced(byNanoseconds: request.seconds * 1_000_000_000)
            )
        }
        let census = await parts.targets.census
        try? manager?.status("sampling \(census.sampled) processes")
    }
}
