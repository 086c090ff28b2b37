// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler

extension SamplerConfiguration {
    /// How whole stacks are sampled for one who waits for them.
    ///
    /// - Parameters:
    ///   - rate: sampling points a second.
    ///   - targetPausePercent: the most that a target may be held, of its own CPU time.
    ///   - descriptorCapacity: most descriptors of `/proc` files that are kept open.
    static func recording(
        rate: SamplingRate,
        targetPausePercent: Double,
        recordsWaits: Bool,
        descriptorCapacity: Int
    ) -> SamplerConfiguration {
        var sampler = SamplerConfiguration(
            cpuCount: Host.cpuCount,
            seed: UInt64.random(in: .min ... .max)
        )
        sampler.rate = rate
        sampler.budget.pauseShare = targetPausePercent / 100
        // The one who asks for a recording also pays for it.
        sampler.budget.agentShare = .infinity
        sampler.engine.stackBytes = StackCopy.mostBytes
        sampler.recordsWaits = recordsWaits
        sampler.batchNanoseconds = 100_000_000
        // What a thread does first after it has waited is not to be missed: a command that is
        // started begins so, and many threads do nothing else.
        sampler.longestBackOffNanoseconds = 0
        sampler.descriptorCapacity = descriptorCapacity
        return sampler
    }
}
