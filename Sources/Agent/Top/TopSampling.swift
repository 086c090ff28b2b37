// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

/// What a live view asks of the sampling behind it.
struct TopSampling: Sendable {
    /// How many processes may not be sampled.
    var deniedCount: @Sendable () async -> Int
    /// Has what was seen until now shown.
    var endPeriod: @Sendable () async -> Void
    /// Lets every target go before this program is stopped, and goes on afterwards.
    var settle: @Sendable () async -> Void
    var goOn: @Sendable () async -> Void
}

extension TopSampling {
    init(_ parts: RecordingParts) {
        self.init(
            deniedCount: { await parts.targets.census.denied },
            endPeriod: { await parts.tracer.endPeriod() },
            settle: { await parts.tracer.settleForSuspension() },
            goOn: { await parts.tracer.setPaused(false) }
        )
    }
}
