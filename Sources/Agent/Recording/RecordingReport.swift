// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import DebugInformation
import Profiles
import Sampler

/// What is said at the end of a recording.
enum RecordingReport {
    static func print(
        _ profile: Profile,
        _ summary: RecordingSummary,
        _ lines: SourceLines.Summary,
        to output: RecordingOutput,
        commandStatus: Int32?
    ) {
        StandardError.write(text(profile, summary) + text(lines))
        if let commandStatus, let line = line(commandStatus: commandStatus) {
            StandardError.write(line)
        }
        StandardError.write("wrote    \(output.shownPath)\n")
    }

    /// The figures, a line for each kind.
    static func text(_ profile: Profile, _ summary: RecordingSummary) -> String {
        text(profile.kind, durationNanoseconds: profile.durationNanoseconds, summary)
    }

    /// The figures, a line for each kind.
    static func text(
        _ kind: Profile.Kind,
        durationNanoseconds: UInt64,
        _ summary: RecordingSummary
    ) -> String {
        let cpuSeconds = Double(summary.cpuNanoseconds) / 1e9
        let stacks = summary.stacks
        var text =
            "samples  \(summary.samples) on a CPU, \(summary.queuedSamples) waiting for one"
            + (kind == .wall ? ", \(summary.waitingSamples) waiting otherwise; " : "; ")
            + "\(rounded(cpuSeconds, 2)) s of CPU time in "
            + "\(rounded(Double(durationNanoseconds) / 1e9, 2)) s\n"
        text +=
            "stacks   \(stacks.complete) complete, \(stacks.truncated.total) truncated"
            + "\(reasons(stacks.truncated)), \(stacks.broken.total) broken"
            + "\(reasons(stacks.broken))\n"
        if let p99 = summary.pauses.quantile(0.99) {
            let share =
                cpuSeconds > 0 ? Double(summary.pauses.totalNanoseconds) / 1e7 / cpuSeconds : 0
            text +=
                "pauses   \(rounded(Double(summary.pauses.totalNanoseconds) / 1e6, 1)) ms in all "
                + "(\(rounded(share, 2)) % of the CPU time), p99 \(p99 / 1_000) us, longest "
                + "\(summary.pauses.longestNanoseconds / 1_000) us\n"
        }
        let left = leftOut(summary)
        return left.isEmpty ? text : text + "left out \(left.joined(separator: ", "))\n"
    }

    /// Of how many files there are source lines, and why there are none of the others.
    static func text(_ lines: SourceLines.Summary) -> String {
        guard lines.files > 0 else { return "" }
        let known = lines.outcomes[LineAnswer.success] ?? 0
        let others = lines.outcomes.filter { $0.key != LineAnswer.success }
            .sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let reasons = others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
        return "lines    \(known) of \(lines.files) files\(reasons)\n"
    }

    /// What was left out, if anything was.
    static func leftOut(_ summary: RecordingSummary) -> [String] {
        var parts: [String] = []
        let counters = summary.counters
        for (reason, count) in counters.withheld.entries where count > 0 {
            parts.append("\(count) visits withheld (\(reason.rawValue))")
        }
        for (reason, count) in counters.missedTicks.entries where count > 0 {
            parts.append("\(count) visits or points missed (\(reason.rawValue))")
        }
        for (reason, count) in counters.attachFailures.entries where count > 0 {
            parts.append("\(count) visits refused (\(reason.rawValue))")
        }
        for (reason, count) in counters.droppedSamples.entries where count > 0 {
            parts.append("\(count) samples dropped (\(reason.rawValue))")
        }
        if summary.overflows > 0 { parts.append("\(summary.overflows) stacks without room") }
        for (reason, count) in summary.fileFailures.sorted(by: { $0.key < $1.key }) {
            parts.append("\(count) files not read (\(reason))")
        }
        return parts
    }

    private static func reasons<Reason>(_ counts: ReasonCounts<Reason>) -> String {
        let parts = counts.counted
            .map { "\($0.reason.rawValue) \($0.count)" }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    /// How a recorded command ended, if not well (wait(2)).
    static func line(commandStatus status: Int32) -> String? {
        let signal = status & 0x7f
        if signal != 0 { return "command  ended by signal \(signal)\n" }
        let code = status >> 8 & 0xff
        return code == 0 ? nil : "command  ended with status \(code)\n"
    }

    /// A number with so many decimals at most.
    static func rounded(_ value: Double, _ digits: Int) -> String {
        var factor = 1.0
        for _ in 0..<digits { factor *= 10 }
        return "\((value * factor).rounded() / factor)"
    }
}
