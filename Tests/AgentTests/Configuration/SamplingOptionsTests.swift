// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct SamplingOptionsTests {
    @Test(
        arguments: [
            (nil, nil, 19.0), (nil, 49.0, 49.0), (99.0, nil, 99.0), (99.0, 49.0, 99.0),
        ] as [(Double?, Double?, Double)]
    )
    func theCommandLineComesFirst(option: Double?, file: Double?, rate: Double) {
        var configuration = AgentConfiguration()
        configuration.rate = file
        #expect(SamplingOptions(rate: option).rate(with: configuration).hertz == rate)
    }

    @Test func memoryIsInMebibytes() {
        var configuration = AgentConfiguration()
        #expect(SamplingOptions().memoryBytes(with: configuration) == 96 << 20)
        configuration.memoryMebibytes = 128
        #expect(SamplingOptions().memoryBytes(with: configuration) == 128 << 20)
        #expect(SamplingOptions(memoryMebibytes: 64).memoryBytes(with: configuration) == 64 << 20)
    }

    @Test func namedCallsComeBeforeThoseOfTheFile() throws {
        var configuration = AgentConfiguration()
        #expect(SamplingOptions().timedCalls(with: configuration) == .none)
        configuration.timedCalls = try TimedCalls(["read"])
        #expect(SamplingOptions().timedCalls(with: configuration).names == ["read"])
        let given = SamplingOptions(timedCalls: try TimedCalls(["futex"]))
        #expect(given.timedCalls(with: configuration).names == ["futex"])
    }

    @Test func profilesAreKeptForMinutes() {
        var configuration = AgentConfiguration()
        let options = SamplingOptions()
        #expect(options.profileNanoseconds(with: configuration) == 900_000_000_000)
        configuration.profileMinutes = 0.5
        #expect(options.profileNanoseconds(with: configuration) == 30_000_000_000)
        let given = SamplingOptions(profileMinutes: 2)
        #expect(given.profileNanoseconds(with: configuration) == 120_000_000_000)
    }

    @Test func limitsAreOfTheirUnits() {
        var configuration = AgentConfiguration()
        configuration.targetPausePercent = 0.1
        configuration.agentCPUPercent = 2
        configuration.longestPauseMilliseconds = 5
        let limits = SamplingOptions(agentCPUPercent: 1).limits(with: configuration, cpuCount: 4)
        #expect(limits.pauseShare == 0.001)
        #expect(limits.agentSecondsPerSecond == 0.04)
        #expect(limits.maximumPauseNanoseconds == 5_000_000)
        let standard = SamplingOptions().limits(with: AgentConfiguration(), cpuCount: 2)
        #expect(standard.pauseShare == 0.002)
        #expect(standard.agentSecondsPerSecond == 0.01)
    }

    @Test func theFlagStandsForWindowsOnAll() {
        var configuration = AgentConfiguration()
        #expect(SamplingOptions().windows(with: configuration) == .off)
        configuration.windows = .groups(["web"])
        #expect(SamplingOptions().windows(with: configuration) == .groups(["web"]))
        #expect(SamplingOptions(watchesCalls: true).windows(with: configuration) == .all)
    }
}
