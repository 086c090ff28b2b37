// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter

/// What became of the configuration file, by Prometheus' own names for that.
enum ConfigurationMetrics {
    static func families(of outcome: ReloadState.Outcome) -> [MetricFamily] {
        [
            .gauge(
                "ptarmigan_config_last_reload_successful",
                help: "Whether the configuration file could be read when it was last asked for.",
                value: MetricValue(outcome.isSuccessful ? 1 : 0)
            ),
            .gauge(
                "ptarmigan_config_last_reload_success_timestamp_seconds",
                unit: .seconds,
                help: "When the configuration in force was read.",
                value: MetricValue(outcome.succeededAtSeconds)
            ),
        ]
    }
}
