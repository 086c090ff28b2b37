// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles

/// Families of every kind, with values and names that are hard to encode.
enum SampleFamilies {
    static var all: [MetricFamily] {
        [
            .info(
                "ptarmigan_build",
                help: "What was built, and \"how\".",
                labels: [Label("version", "1.2.3"), Label("arch", "x86_64")]
            ),
            .counter(
                "ptarmigan_group_cpu_seconds",
                unit: .seconds,
                help: "CPU time of the group, from /proc\\stat.",
                samples: [
                    MetricFamily.CounterSample(
                        1234567.5,
                        labels: [
                            Label("group", LabelValue(sanitising: "a \"quoted\" \\ name\n")),
                            Label("mode", "user"),
                        ]
                    ),
                    MetricFamily.CounterSample(
                        0.000_05,
                        labels: [Label("group", "nginx"), Label("mode", "system")]
                    ),
                ]
            ),
            .counter(
                "ptarmigan_attach_attempts",
                help: "Attempts to seize a thread.",
                samples: [
                    MetricFamily.CounterSample(
                        7,
                        exemplar: Exemplar(labels: [Label("pid", LabelValue(812))], value: 1)
                    )
                ]
            ),
            .gauge(
                "ptarmigan_yama_ptrace_scope",
                help: "kernel.yama.ptrace_scope, -1 if absent.",
                value: -1
            ),
            .gauge(
                "ptarmigan_overhead_budget_ratio",
                unit: .ratio,
                help: "The share of one core that the agent may use.",
                value: 1.0
            ),
            .gauge("ptarmigan_groups", help: "Groups without samples.", samples: []),
            pause,
        ]
    }

    static var pause: MetricFamily {
        var histogram = PauseHistogram()
        for seconds in [0.000_04, 0.000_06, 0.007_1, 0.25] { histogram.add(seconds: seconds) }
        let exemplar = Exemplar(
            labels: [Label("group", "nginx"), Label("pid", LabelValue(812))],
            value: 0.007_1
        )
        let index = PauseHistogram.bucketIndex(forSeconds: 0.007_1)
        return .histogram(
            "ptarmigan_target_pause_seconds",
            unit: .seconds,
            help: "How long one thread was held for one sample.",
            samples: [
                MetricFamily.HistogramSample(
                    HistogramValue(histogram, exemplars: [index: exemplar])
                )
            ]
        )
    }
}
