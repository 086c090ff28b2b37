// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler

/// What `doctor` found, as text and as JSON.
struct DoctorReport {
    /// One finding.
    struct Line: Equatable {
        let name: String
        let isGood: Bool
        let fact: String
        /// What to do about it; empty where nothing needs to be done.
        let advice: String
    }

    let tier: CapabilityTier
    let lines: [Line]

    init(probe: CapabilityProbe, target: TargetCheck?) {
        tier = probe.tier
        var lines = [Self.stopping(probe)]
        if case .sampled = probe.visit { lines.append(Self.copying(probe)) }
        lines += [Self.looking(probe), Self.counting(probe)]
        lines += [Self.capabilities(probe), Self.priority(probe), Self.yama(probe.yamaScope)]
        if let target {
            let isAllowed: Bool
            if case .allowed = target { isAllowed = true } else { isAllowed = false }
            lines.append(
                Line(name: "target", isGood: isAllowed, fact: target.description, advice: "")
            )
        }
        self.lines = lines
    }

    /// One line for each finding, and one for what it comes to.
    var text: String {
        var text = ""
        for line in lines {
            text += "\(line.isGood ? "ok  " : "no  ")\(line.name): \(line.fact)\n"
            if !line.advice.isEmpty { text += "      \(line.advice)\n" }
        }
        return text + "tier \(tier.rawValue): \(tier.meaning)\n"
    }

    /// The same as one JSON object.
    var json: String {
        let findings = lines.map {
            """
            {"name":\(JSONText.quoted($0.name)),"ok":\($0.isGood),\
            "fact":\(JSONText.quoted($0.fact)),"advice":\(JSONText.quoted($0.advice))}
            """
        }
        return """
            {"tier":\(tier.rawValue),"meaning":\(JSONText.quoted(tier.meaning)),\
            "findings":[\(findings.joined(separator: ","))]}

            """
    }

    private static func stopping(_ probe: CapabilityProbe) -> Line {
        switch probe.visit {
        case .sampled:
            Line(name: "stop", isGood: true, fact: "a child was stopped and let go", advice: "")
        case .parked:
            Line(
                name: "stop",
                isGood: true,
                fact: "a child was attached to and let go; no CPU was free for it to stop on",
                advice: ""
            )
        case .refused(.unsupported(let errno)):
            Line(
                name: "stop",
                isGood: false,
                fact: "attaching failed with errno \(errno)",
                advice: "try --stop-method attach; some sandboxes have no PTRACE_SEIZE"
            )
        case .refused:
            Line(
                name: "stop",
                isGood: false,
                fact: "attaching to a child is not permitted",
                advice: probe.isUnderSeccomp
                    ? "a seccomp filter is in force: allow ptrace and process_vm_readv"
                    : "a security module refuses: see its log (AppArmor, SELinux, Yama)"
            )
        default:
            Line(
                name: "stop",
                isGood: false,
                fact: "a child could not be stopped",
                advice: "run doctor again; if it stays so, the sandbox lacks ptrace"
            )
        }
    }

    private static func copying(_ probe: CapabilityProbe) -> Line {
        let isGood = probe.stackBytesCopied > 0
        return Line(
            name: "copy",
            isGood: isGood,
            fact: isGood
                ? "its stack was copied" : "its stack can't be copied: functions have no callers",
            advice: isGood
                ? ""
                : probe.isUnderSeccomp
                    ? "a seccomp filter is in force: allow process_vm_readv"
                    : "this kernel or sandbox has no process_vm_readv"
        )
    }

    private static func looking(_ probe: CapabilityProbe) -> Line {
        guard !probe.readsOwnWaitsOnly else {
            return Line(
                name: "look",
                isGood: false,
                fact: "/proc/PID/task/TID/syscall can be read for this user's processes only",
                advice: "CAP_DAC_READ_SEARCH opens it for all; of others the states are used"
            )
        }
        return Line(
            name: "look",
            isGood: probe.canReadSystemCall,
            fact: probe.canReadSystemCall
                ? "/proc/PID/task/TID/syscall can be read"
                : "/proc/PID/task/TID/syscall can't be read",
            advice: probe.canReadSystemCall
                ? "" : "this kernel or sandbox (gVisor) has no such file; states are used"
        )
    }

    private static func counting(_ probe: CapabilityProbe) -> Line {
        Line(
            name: "statistics",
            isGood: probe.keepsStatistics,
            fact: probe.keepsStatistics
                ? "/proc/PID/task/TID/schedstat counts run times"
                : "/proc/PID/task/TID/schedstat is missing or all zero",
            advice: probe.keepsStatistics
                ? "" : "CPU times come from stat, in ticks; queued threads can't be told apart"
        )
    }

    private static func capabilities(_ probe: CapabilityProbe) -> Line {
        let held = [
            probe.hasTraceCapability ? "CAP_SYS_PTRACE" : nil,
            probe.hasReadCapability ? "CAP_DAC_READ_SEARCH" : nil,
        ].compactMap { $0 }
        return Line(
            name: "capabilities",
            isGood: held.count == 2,
            fact: held.isEmpty ? "none" : held.joined(separator: ", "),
            advice: held.count == 2
                ? ""
                : (probe.hasTraceCapability
                    ? "other users' processes are not read in full; for that: "
                    : "other users' processes can't be sampled; for that: ")
                    + "AmbientCapabilities=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH"
        )
    }

    private static func priority(_ probe: CapabilityProbe) -> Line {
        Line(
            name: "priority",
            isGood: probe.mayRaisePriority,
            fact: probe.mayRaisePriority
                ? "the tracer may run in SCHED_FIFO" : "the tracer may not run in SCHED_FIFO",
            advice: probe.mayRaisePriority
                ? ""
                : "on a busy host it then waits for a CPU while it holds a thread: LimitRTPRIO=1"
        )
    }

    private static func yama(_ scope: Int32) -> Line {
        switch scope {
        case -1: Line(name: "yama", isGood: true, fact: "not in this kernel", advice: "")
        case 3:
            Line(
                name: "yama",
                isGood: false,
                fact: "ptrace_scope is 3",
                advice: "nobody may attach until a reboot; the agent reads /proc only"
            )
        default:
            Line(name: "yama", isGood: true, fact: "ptrace_scope is \(scope)", advice: "")
        }
    }
}
