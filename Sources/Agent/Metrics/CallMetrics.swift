// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// What windows on system calls have seen; nothing where there was none.
enum CallMetrics {
    private typealias Sample = MetricFamily.CounterSample

    static func families(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        guard snapshot.windowEnds.total > 0 else { return [] }
        return counts(of: snapshot) + durations(of: snapshot.groups)
    }

    /// Nothing where no durations are asked for.
    private static func durations(of groups: [GroupTable.Group]) -> [MetricFamily] {
        let samples = groups.flatMap { group in
            group.counters.durations.sorted { $0.key < $1.key }.map { name, durations in
                MetricFamily.HistogramSample(
                    HistogramValue(durations),
                    labels: [
                        Label("group", sanitising: group.name), Label("syscall", sanitising: name),
                    ]
                )
            }
        }
        guard !samples.isEmpty else { return [] }
        return [
            .histogram(
                "ptarmigan_syscall_duration_seconds",
                unit: .seconds,
                help: """
                    How long system calls took in windows, with what it costs to watch them: some \
                    tens of microseconds each.
                    """,
                samples: samples
            )
        ]
    }

    private static func counts(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        let groups = snapshot.groups
        return [
            .counter(
                "ptarmigan_syscalls",
                help: "System calls that returned in windows; no rate, for windows are short.",
                samples: GroupMetrics.systemCalls(of: groups, \.calls)
            ),
            .counter(
                "ptarmigan_syscall_errors",
                help: "Those of them that failed.",
                samples: GroupMetrics.systemCalls(of: groups, \.failedCalls)
            ),
            .counter(
                "ptarmigan_syscall_observed_seconds",
                unit: .seconds,
                help: "Time for which threads were watched in windows, summed over them.",
                samples: groups.map {
                    Sample(
                        MetricValue($0.counters.observedSeconds),
                        labels: [Label("group", sanitising: $0.name)]
                    )
                }
            ),
            .counter(
                "ptarmigan_syscall_windows",
                help: "Windows on the system calls of a process, by what ended them.",
                samples: snapshot.windowEnds.samples([], label: "end") { MetricValue($0) }
            ),
            .counter(
                "ptarmigan_syscall_unwatched_threads",
                help: "Threads that ran in a window and were left alone, by why.",
                samples: snapshot.unwatched.samples([], label: "reason") { MetricValue($0) }
            ),
        ]
    }
}
