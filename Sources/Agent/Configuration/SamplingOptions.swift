// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler

/// How to sample, as the command line asks; where it is silent, the file decides.
struct SamplingOptions: Sendable {
    static let standardRate = 19.0
    static let standardProfileMinutes = 15.0

    var rate: Double?
    var targetPausePercent: Double?
    var longestPauseMilliseconds: Double?
    var agentCPUPercent: Double?
    var memoryMebibytes: Double?
    var watchesCalls = false
    var timedCalls = TimedCalls.none
    var profileMinutes: Double?

    /// Whose system calls are watched; the flag stands for those of all.
    func windows(with file: AgentConfiguration) -> WindowScope {
        watchesCalls ? .all : file.windows
    }

    /// Which system calls' durations are kept.
    func timedCalls(with file: AgentConfiguration) -> TimedCalls {
        timedCalls == .none ? file.timedCalls : timedCalls
    }

    /// For how long profiles are kept.
    func profileNanoseconds(with file: AgentConfiguration) -> UInt64 {
        UInt64((profileMinutes ?? file.profileMinutes ?? Self.standardProfileMinutes) * 60e9)
    }

    /// The rate to sample at.
    func rate(with file: AgentConfiguration) -> SamplingRate {
        SamplingRate(hertz: rate ?? file.rate ?? Self.standardRate)
    }

    /// The most memory that the agent may have.
    func memoryBytes(with file: AgentConfiguration) -> UInt64 {
        guard let mebibytes = memoryMebibytes ?? file.memoryMebibytes else {
            return MemoryBudget().limitBytes
        }
        return UInt64(mebibytes * 1_048_576)
    }

    /// What may be spent.
    func limits(with file: AgentConfiguration, cpuCount: Int) -> VisitBudget.Limits {
        var limits = VisitBudget.Limits(cpuCount: cpuCount)
        if let percent = targetPausePercent ?? file.targetPausePercent {
            limits.pauseShare = percent / 100
        }
        if let percent = agentCPUPercent ?? file.agentCPUPercent {
            limits.agentShare = percent / 100
        }
        if let milliseconds = longestPauseMilliseconds ?? file.longestPauseMilliseconds {
            limits.maximumPauseNanoseconds = UInt64(milliseconds * 1e6)
        }
        return limits
    }
}
