// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

/// What the agent's configuration file sets; nil and empty where it says nothing.
struct AgentConfiguration: Equatable, Sendable {
    /// Most bytes of a file.
    static let maximumBytes = 1 << 20

    /// Sampling points a second.
    var rate: Double?
    /// Most time that a target may be held, as percent of its own CPU time.
    var targetPausePercent: Double?
    var longestPauseMilliseconds: Double?
    /// Most CPU time that the agent may use, as percent of all CPUs.
    var agentCPUPercent: Double?
    var memoryMebibytes: Double?
    /// For how long profiles are kept.
    var profileMinutes: Double?
    /// Whose system calls are watched.
    var windows = WindowScope.off
    /// Which system calls' durations are kept.
    var timedCalls = TimedCalls.none
    var rules = TargetRules()

    init() {}

    /// Reads the bytes of a file.
    init(_ bytes: [UInt8]) throws(ConfigurationError) {
        let file = try ConfigurationMapping(
            try YAMLParser.parse(bytes),
            at: "",
            known: ["rate", "budget", "profiles", "syscalls", "targets", "process_names"]
        )
        rate = try file.number(
            "rate",
            in: SamplingLimits.rate,
            endings: [("Hz", 1), ("", 1)],
            example: "19"
        )
        if let node = file.node("budget") { try readBudget(node) }
        if let node = file.node("profiles") {
            let profiles = try ConfigurationMapping(node, at: "profiles", known: ["keep"])
            profileMinutes = try profiles.number(
                "keep",
                in: SamplingLimits.profileMinutes,
                endings: [("m", 1), ("h", 60), ("s", 1.0 / 60)],
                example: "15m"
            )
        }
        if let node = file.node("syscalls") { try readCalls(node) }
        if let node = file.node("targets") { try readTargets(node) }
        for node in try file.list("process_names") {
            rules.groups.append(try ProcessRules.group(node))
        }
    }

    private mutating func readBudget(_ node: YAMLNode) throws(ConfigurationError) {
        let budget = try ConfigurationMapping(
            node,
            at: "budget",
            known: ["target_pause", "max_pause", "agent_cpu", "memory"]
        )
        targetPausePercent = try budget.number(
            "target_pause",
            in: SamplingLimits.percent,
            endings: [("%", 1), ("", 1)],
            example: "0.2%"
        )
        agentCPUPercent = try budget.number(
            "agent_cpu",
            in: SamplingLimits.percent,
            endings: [("%", 1), ("", 1)],
            example: "0.5%"
        )
        memoryMebibytes = try budget.number(
            "memory",
            in: SamplingLimits.memoryMebibytes,
            endings: [("MiB", 1), ("GiB", 1_024)],
            example: "96MiB"
        )
        longestPauseMilliseconds = try budget.number(
            "max_pause",
            in: SamplingLimits.pauseMilliseconds,
            endings: [("ms", 1), ("us", 0.001), ("s", 1_000)],
            example: "10ms"
        )
    }

    /// `windows` is true, false, or a list of groups; `durations` is a list of system calls.
    private mutating func readCalls(_ node: YAMLNode) throws(ConfigurationError) {
        let calls = try ConfigurationMapping(
            node,
            at: "syscalls",
            known: ["windows", "durations"]
        )
        let timed = try calls.texts("durations")
        do throws(TimedCalls.Problem) {
            timedCalls = try TimedCalls(timed.map(\.text))
        } catch {
            throw ConfigurationError(timed.first?.line ?? 0, "syscalls.durations: \(error)")
        }
        let names = try calls.texts("windows").map(\.text)
        switch names {
        case [], ["false"]: windows = .off
        case ["true"]: windows = .all
        default: windows = .groups(Set(names))
        }
    }

    private mutating func readTargets(_ node: YAMLNode) throws(ConfigurationError) {
        let targets = try ConfigurationMapping(
            node,
            at: "targets",
            known: ["include", "exclude", "fold_children"]
        )
        for node in try targets.list("include") {
            rules.included.append(try ProcessRules.pattern(node, at: "include"))
        }
        for node in try targets.list("exclude") {
            rules.excluded.append(try ProcessRules.pattern(node, at: "exclude"))
        }
        rules.foldsChildren = try targets.flag("fold_children") ?? false
    }
}

/// What may be asked for, on the command line as in the file.
enum SamplingLimits {
    static let rate = 1.0 / 60...10_000
    static let percent = 0.000_1...100.0
    static let memoryMebibytes = 32.0...65_536
    static let pauseMilliseconds = 0.001...60_000
    static let profileMinutes = 0.5...120
    static let profileSeconds = 1.0...3_600
    static let profiles = 1.0...200
}
