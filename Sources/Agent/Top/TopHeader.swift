// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// What stands above the table: what is sampled, what was found, and what it costs the targets.
struct TopHeader {
    /// What does not change while a view lasts.
    struct Subject: Hashable {
        /// What is sampled, for people.
        let title: String
        /// The rate that was asked for.
        let rate: SamplingRate
    }

    let subject: Subject
    /// Processes that may not be sampled.
    let deniedCount: Int

    /// Lines, the most important first.
    func lines(of state: TopState, columns: Int) -> [TopLine] {
        let model = state.shown
        var lines = [TopLine(first(state, columns: columns)), TopLine(found(model))]
        if let cost = cost(model) { lines.append(TopLine(cost)) }
        if let left = leftOut(model) { lines.append(left) }
        return lines
    }

    private func first(_ state: TopState, columns: Int) -> String {
        let title = "ptarmigan top: " + VisibleText(replacingControlsIn: subject.title).description
        var parts = [state.showsWaits ? "wall time" : "CPU time", rate(state.shown)]
        parts.append("\(state.shown.elapsedNanoseconds / 1_000_000_000) s")
        if state.isPaused { parts.append("PAUSED") }
        let right = parts.joined(separator: ", ")
        guard columns != .max else { return title + "  " + right }
        let room = columns - DisplayWidth.columns(of: right) - 2
        guard room >= 8 else { return title }
        return DisplayWidth.left(title, in: room) + "  " + right
    }

    private func rate(_ model: TopModel) -> String {
        let asked = Self.rounded(subject.rate.hertz, 1)
        guard let inForce = model.rate, inForce < subject.rate else { return "\(asked) Hz" }
        return "\(Self.rounded(inForce.hertz, 1)) of \(asked) Hz"
    }

    private func found(_ model: TopModel) -> String {
        let summary = model.summary
        var text = ""
        if model.periodNanoseconds > 0 {
            let used = model.table(by: .group, isWall: false).periodNanoseconds
            let percent = Double(used) / Double(model.periodNanoseconds) * 100
            text =
                "CPU \(Self.rounded(percent, 1)) %, \(model.processCount) "
                + (model.processCount == 1 ? "process; " : "processes; ")
        }
        text += "\(summary.samples) samples, \(summary.queuedSamples) queued"
        if summary.stacks.total > 0 {
            let percent = Double(summary.stacks.complete) / Double(summary.stacks.total) * 100
            text += ", \(Self.rounded(percent, 1)) % of stacks complete"
        }
        return text
    }

    private func cost(_ model: TopModel) -> String? {
        let summary = model.summary
        guard let p50 = summary.pauses.quantile(0.5), let p99 = summary.pauses.quantile(0.99)
        else { return nil }
        let held = Double(summary.pauses.totalNanoseconds)
        let share = summary.cpuNanoseconds > 0 ? held / Double(summary.cpuNanoseconds) * 100 : 0
        let own = Self.rounded(model.ownCPUShare * 100, 1)
        return "held \(Self.rounded(share, 2)) % of CPU time: pauses p50 \(p50 / 1_000) us, "
            + "p99 \(p99 / 1_000) us; top \(own) % of a CPU"
    }

    private func leftOut(_ model: TopModel) -> TopLine? {
        var parts = RecordingReport.leftOut(model.summary)
        if deniedCount > 0 { parts.append("\(deniedCount) processes not permitted") }
        guard !parts.isEmpty else { return nil }
        let text = "left out " + parts.joined(separator: ", ")
        let counters = model.summary.counters
        let late = counters.missedTicks[.overrun]
        // As py-spy says it, at a tenth.
        guard late * 10 > counters.ticks &+ late else { return TopLine(text) }
        return TopLine("behind: a lower rate would miss less; \(text)", .alarm)
    }

    private static func rounded(_ value: Double, _ digits: Int) -> String {
        RecordingReport.rounded(value, digits)
    }
}
