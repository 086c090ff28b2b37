// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import ServiceLifecycle

/// A few lines about the busiest groups every ten seconds, where standard error is a terminal.
struct SummaryService: Service {
    let aggregator: Aggregator

    private static let groupCount = 5

    func run() async throws {
        guard isatty(2) == 1 else {
            try? await gracefulShutdown()
            return
        }
        try? await cancelWhenGracefulShutdown {
            var before: [String: Double] = [:]
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(10))
                let snapshot = await aggregator.snapshot()
                StandardError.write(Self.text(snapshot, &before))
            }
        }
    }

    /// The summary's lines; `before` holds each group's CPU seconds at the last one.
    static func text(_ snapshot: AggregateSnapshot, _ before: inout [String: Double]) -> String {
        var rows: [(group: String, seconds: Double, function: String)] = []
        for group in snapshot.groups {
            let usage = group.counters.usage
            let total = usage.userSeconds + usage.systemSeconds
            let used = total - (before[group.name] ?? 0)
            before[group.name] = total
            let top = group.counters.functions.series
                .max { $0.amount.seconds < $1.amount.seconds }?.key.function
            if used > 0 { rows.append((group.name, used, top ?? "-")) }
        }
        rows.sort { $0.seconds > $1.seconds }
        let tracer = snapshot.tracer ?? TracerStatus()
        let counters = tracer.counters
        var text = "\(snapshot.processCount) processes, \(tracer.pauses.count) visits, "
        text +=
            "\(counters.attachFailures.total) refused, \(counters.repairs[.repaired]) repaired\n"
        for row in rows.prefix(groupCount) {
            let seconds = (row.seconds * 100).rounded() / 100
            text += "  \(seconds) s  \(row.group)  \(row.function)\n"
        }
        return text
    }
}
