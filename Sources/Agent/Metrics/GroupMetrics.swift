// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// What was counted of each group.
enum GroupMetrics {
    static func families(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        let groups = snapshot.groups
        let counted = present(groups) + usage(groups) + events(groups) + samples(groups)
        return counted + functions(groups) + [
            .gauge(
                "ptarmigan_groups",
                help: "Groups that have series of their own.",
                value: MetricValue(max(0, groups.count - 1))
            ),
            .counter(
                "ptarmigan_label_overflows",
                help: "Values that were counted under other, for want of a series of their own.",
                samples: [
                    .init(MetricValue(snapshot.groupOverflows), labels: [Label("label", "group")]),
                    .init(
                        MetricValue(snapshot.functionOverflows),
                        labels: [Label("label", "function")]
                    ),
                    .init(
                        MetricValue(snapshot.syscallOverflows),
                        labels: [Label("label", "syscall")]
                    ),
                ]
            ),
        ]
    }

    private static func label(_ group: GroupTable.Group) -> Label {
        Label("group", LabelValue(sanitising: group.name))
    }

    private static func present(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        [
            .gauge(
                "ptarmigan_group_processes",
                help: "Processes now in the group.",
                samples: groups.map {
                    .init(MetricValue($0.counters.gauges.processes), labels: [label($0)])
                }
            ),
            .gauge(
                "ptarmigan_group_threads",
                help: "Threads of the group by what the scheduler has them do.",
                samples: groups.flatMap { group in
                    group.counters.gauges.threads.entries.map { state, count in
                        .init(
                            MetricValue(count),
                            labels: [
                                label(group),
                                Label("state", LabelValue(sanitising: state.rawValue)),
                            ]
                        )
                    }
                }
            ),
            .gauge(
                "ptarmigan_group_resident_memory_bytes",
                unit: .bytes,
                help: "Resident memory of the group's processes, summed.",
                samples: groups.map {
                    .init(MetricValue($0.counters.gauges.residentBytes), labels: [label($0)])
                }
            ),
            .gauge(
                "ptarmigan_group_oldest_start_time_seconds",
                unit: .seconds,
                help: "Start time of the group's oldest process.",
                samples: groups.compactMap { group in
                    group.counters.gauges.oldestStartSeconds.map {
                        .init(MetricValue($0), labels: [label(group)])
                    }
                }
            ),
        ]
    }

    private static func usage(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_group_cpu_seconds",
                unit: .seconds,
                help: "CPU time of the group's processes by the kernel's clock.",
                samples: groups.flatMap { group in
                    [
                        .init(
                            MetricValue(group.counters.usage.userSeconds),
                            labels: [label(group), Label("mode", "user")]
                        ),
                        .init(
                            MetricValue(group.counters.usage.systemSeconds),
                            labels: [label(group), Label("mode", "system")]
                        ),
                    ]
                }
            ),
            .counter(
                "ptarmigan_group_run_queue_seconds",
                unit: .seconds,
                help: "Time that the group's threads were runnable and waited for a CPU.",
                samples: groups.map {
                    .init(MetricValue($0.counters.usage.runQueueSeconds), labels: [label($0)])
                }
            ),
            .counter(
                "ptarmigan_group_sampled_cpu_seconds",
                unit: .seconds,
                help:
                    "CPU time of the group as its samples alone would have it, beside the clock's.",
                samples: groups.map {
                    .init(MetricValue($0.counters.sampledSeconds), labels: [label($0)])
                }
            ),
        ]
    }

    private static func events(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_group_context_switches",
                help: "How often the group's threads left a CPU, to wait or displaced by others.",
                samples: groups.flatMap { group in
                    [
                        .init(
                            MetricValue(group.counters.usage.voluntaryContextSwitches),
                            labels: [label(group), Label("kind", "voluntary")]
                        ),
                        .init(
                            MetricValue(group.counters.usage.involuntaryContextSwitches),
                            labels: [label(group), Label("kind", "involuntary")]
                        ),
                    ]
                }
            ),
            .counter(
                "ptarmigan_group_major_page_faults",
                help: "Page faults of the group that waited for a disk.",
                samples: groups.map {
                    .init(MetricValue($0.counters.usage.majorFaults), labels: [label($0)])
                }
            ),
        ]
    }

    private static func samples(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_group_samples",
                help: "Thread samples: on a CPU, off it, or queued for one.",
                samples: groups.flatMap { group in
                    group.counters.samples.entries.map { state, count in
                        .init(
                            MetricValue(count),
                            labels: [
                                label(group),
                                Label("state", LabelValue(sanitising: state.rawValue)),
                            ]
                        )
                    }
                }
            ),
            .counter(
                "ptarmigan_group_pause_seconds",
                unit: .seconds,
                help: "Time that the group's threads were held stopped by this agent.",
                samples: groups.map {
                    .init(MetricValue($0.counters.pauseSeconds), labels: [label($0)])
                }
            ),
            .counter(
                "ptarmigan_syscall_samples",
                help: "Thread samples that found the thread inside this system call.",
                samples: groups.flatMap { group in
                    group.counters.syscalls.series.map { series in
                        .init(
                            MetricValue(series.amount.samples),
                            labels: [
                                label(group),
                                Label("syscall", LabelValue(sanitising: series.key)),
                            ]
                        )
                    }
                }
            ),
        ]
    }

    private static func functions(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        var seconds: [MetricFamily.CounterSample] = []
        var counts: [MetricFamily.CounterSample] = []
        for group in groups {
            // The table's last series is `other`.
            for series in group.counters.functions.series {
                let labels = [
                    label(group), Label("function", LabelValue(sanitising: series.key.function)),
                    Label("object", LabelValue(sanitising: series.key.object)),
                ]
                seconds.append(.init(MetricValue(series.amount.seconds), labels: labels))
                counts.append(.init(MetricValue(series.amount.samples), labels: labels))
            }
        }
        return [
            .counter(
                "ptarmigan_function_cpu_samples",
                help: "Samples on a CPU with this function at the top of the stack.",
                samples: counts
            ),
            .counter(
                "ptarmigan_function_cpu_seconds",
                unit: .seconds,
                help: "The group's CPU time, shared out by those samples.",
                samples: seconds
            ),
        ]
    }
}
