// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler

/// What is kept of profiles.
enum ProfileMetrics {
    static func families(of counts: ProfileCounts) -> [MetricFamily] {
        [
            .gauge(
                "ptarmigan_profile_windows",
                help: "Windows of profiles that are kept.",
                value: MetricValue(counts.windows)
            ),
            .gauge(
                "ptarmigan_profile_bytes",
                unit: .bytes,
                help: "Memory that they take, about.",
                value: MetricValue(counts.bytes)
            ),
            .counter(
                "ptarmigan_profile_dropped_windows",
                help: "Windows of profiles that were let go before their time for want of memory.",
                value: MetricValue(counts.droppedWindows)
            ),
            .counter(
                "ptarmigan_profile_overflows",
                help: "Stacks that found no room in a profile and are [other] in it.",
                value: MetricValue(counts.overflows)
            ),
        ]
    }
}
