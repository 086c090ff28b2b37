// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// What was counted of each group.
enum GroupMetrics {
    private typealias Sample = MetricFamily.CounterSample

    static func families(of snapshot: AggregateSnapshot) -> [MetricFamily] {
        let groups = snapshot.groups
        let counted = present(groups) + usage(groups) + events(groups) + samples(groups)
        let code = functions(groups) + inclusive(groups) + [waits(groups)]
        return counted + code + [
            .gauge(
                "ptarmigan_groups",
                help: "Groups that have series of their own.",
                value: MetricValue(max(0, groups.count - 1))
            ),
            .counter(
                "ptarmigan_label_overflows",
                help: "Values that were counted under other, for want of a series of their own.",
                samples: overflows(snapshot.overflows)
            ),
        ]
    }

    private static func overflows(_ counts: LabelOverflows) -> [Sample] {
        [
            Sample(MetricValue(counts.groups), labels: [Label("label", "group")]),
            Sample(MetricValue(counts.functions), labels: [Label("label", "function")]),
            Sample(MetricValue(counts.systemCalls), labels: [Label("label", "syscall")]),
            Sample(MetricValue(counts.waits), labels: [Label("label", "wait")]),
        ]
    }

    private static func label(_ group: GroupTable.Group) -> Label {
        Label("group", sanitising: group.name)
    }

    /// One counter for each group.
    private static func each(
        _ groups: [GroupTable.Group],
        _ value: (GroupCounters) -> MetricValue
    ) -> [Sample] {
        groups.map { Sample(value($0.counters), labels: [label($0)]) }
    }

    /// Two counters for each group, which a second label tells apart.
    private static func both(
        _ groups: [GroupTable.Group],
        _ first: Label,
        _ second: Label,
        _ values: (GroupUsage) -> (MetricValue, MetricValue)
    ) -> [Sample] {
        groups.flatMap { group in
            let values = values(group.counters.usage)
            return [
                Sample(values.0, labels: [label(group), first]),
                Sample(values.1, labels: [label(group), second]),
            ]
        }
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
                            labels: [label(group), Label("state", sanitising: state.rawValue)]
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
                samples: both(groups, Label("mode", "user"), Label("mode", "system")) {
                    (MetricValue($0.userSeconds), MetricValue($0.systemSeconds))
                }
            ),
            .counter(
                "ptarmigan_group_run_queue_seconds",
                unit: .seconds,
                help: "Time that the group's threads were runnable and waited for a CPU.",
                samples: each(groups) { MetricValue($0.usage.runQueueSeconds) }
            ),
            .counter(
                "ptarmigan_group_sampled_cpu_seconds",
                unit: .seconds,
                help:
                    "CPU time of the group as its samples alone would have it, beside the clock's.",
                samples: each(groups) { MetricValue($0.sampledSeconds) }
            ),
        ]
    }

    private static func events(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_group_context_switches",
                help: "How often the group's threads left a CPU, to wait or displaced by others.",
                samples: both(groups, Label("kind", "voluntary"), Label("kind", "involuntary")) {
                    (
                        MetricValue($0.voluntaryContextSwitches),
                        MetricValue($0.involuntaryContextSwitches)
                    )
                }
            ),
            .counter(
                "ptarmigan_group_major_page_faults",
                help: "Page faults of the group that waited for a disk.",
                samples: each(groups) { MetricValue($0.usage.majorFaults) }
            ),
        ]
    }

    private static func samples(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_group_samples",
                help: "Thread samples: on a CPU, off it, or queued for one.",
                samples: groups.flatMap { group in
                    group.counters.samples.samples([label(group)], label: "state") {
                        MetricValue($0)
                    }
                }
            ),
            .counter(
                "ptarmigan_group_pause_seconds",
                unit: .seconds,
                help: "Time that the group's threads were held stopped by this agent.",
                samples: each(groups) { MetricValue($0.pauseSeconds) }
            ),
            .counter(
                "ptarmigan_syscall_samples",
                help: "Thread samples that found the thread inside this system call.",
                samples: systemCalls(of: groups, \.syscalls)
            ),
        ]
    }

    /// One counter for each system call of each group.
    static func systemCalls(
        of groups: [GroupTable.Group],
        _ table: KeyPath<GroupCounters, StickyTable<String>>
    ) -> [MetricFamily.CounterSample] {
        groups.flatMap { group in
            group.counters[keyPath: table].series.map { series in
                Sample(
                    MetricValue(series.amount.samples),
                    labels: [label(group), Label("syscall", sanitising: series.key)]
                )
            }
        }
    }

    private static func labels(of function: FunctionKey) -> [Label] {
        [
            Label("function", sanitising: function.function),
            Label("object", sanitising: function.object),
        ]
    }

    private static func functions(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        var seconds: [Sample] = []
        var counts: [Sample] = []
        for group in groups {
            // The table's last series is `other`.
            for series in group.counters.functions.series {
                let labels = [label(group)] + labels(of: series.key)
                seconds.append(Sample(MetricValue(series.amount.seconds), labels: labels))
                counts.append(Sample(MetricValue(series.amount.samples), labels: labels))
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

    /// No family where nothing is counted: `other` alone would say that all is 0.
    private static func inclusive(_ groups: [GroupTable.Group]) -> [MetricFamily] {
        let samples = groups.flatMap { group in
            group.counters.inclusive.series.map { series in
                Sample(
                    MetricValue(series.amount.samples),
                    labels: [label(group)] + labels(of: series.key)
                )
            }
        }
        guard groups.contains(where: { $0.counters.inclusive.series.count > 1 }) else { return [] }
        return [
            .counter(
                "ptarmigan_function_inclusive_cpu_samples",
                help: "Samples on a CPU with this function anywhere on the stack; not to be added.",
                samples: samples
            )
        ]
    }

    private static func waits(_ groups: [GroupTable.Group]) -> MetricFamily {
        .counter(
            "ptarmigan_off_cpu_seconds",
            unit: .seconds,
            help:
                "Time that threads waited, by the call and who made it outside of the C library.",
            samples: groups.flatMap { group in
                group.counters.waits.series.map { series in
                    Sample(
                        MetricValue(series.amount.seconds),
                        labels: [label(group), Label("syscall", sanitising: series.key.call)]
                            + labels(of: series.key.function)
                    )
                }
            }
        )
    }
}
