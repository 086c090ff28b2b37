// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler
import ServiceLifecycle

/// Answers requests for profiles from what the running sampler sees.
///
/// Any number of readers may ask: each gets a view of the same samples, and none of them changes
/// what is sampled, or what the others get.
struct LiveProfiles: Sendable {
    let tracer: Tracer
    let aggregator: Aggregator
    /// What is sampled, and what is not and why.
    let targets: @Sendable () async -> TargetTable

    var source: ProfileSource {
        ProfileSource(
            groups: { await groups() },
            profile: { await answer($0) },
            oldest: { await aggregator.oldestProfileNanoseconds },
            targets: targets
        )
    }

    private func groups() async -> [ProfiledGroup] {
        await aggregator.profileGroups()
            .map { name, amount in
                ProfiledGroup(
                    name: name,
                    processCount: amount.processCount,
                    nanoseconds: amount.nanoseconds
                )
            }
            .sorted { ($1.nanoseconds, $0.name) < ($0.nanoseconds, $1.name) }
    }

    private func answer(_ request: ProfileRequest) async -> ProfileAnswer {
        if let group = request.group, await !aggregator.knowsProfileGroup(group) {
            return .unknownGroup
        }
        switch request.span {
        case .past(let from, let to):
            return await profile(request, from: from, to: to)
        case .coming(let seconds):
            let from = RealTime.nanoseconds
            await tracer.endPeriod(tellsOfWaits: false)
            // At the agent's end a reader gets what there is.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
            guard !Task.isCancelled else {
                return .unavailable(reason: "the request was cancelled")
            }
            let to = RealTime.nanoseconds
            let cut = MonotonicInstant.now()
            await tracer.endPeriod(tellsOfWaits: request.kind == .wall)
            await aggregator.awaitBatch(madeAt: cut)
            return await profile(request, from: from, to: to)
        }
    }

    private func profile(
        _ request: ProfileRequest,
        from: UInt64,
        to: UInt64
    ) async -> ProfileAnswer {
        .profile(
            await aggregator.profile(
                request.kind,
                of: request.group,
                in: from..<max(from, to)
            )
        )
    }
}
