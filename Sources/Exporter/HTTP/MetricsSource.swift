// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A part of the metrics that is gathered by itself; `/metrics` says of each how that went.
package struct MetricsSource: Sendable {
    /// What could be gathered.
    package struct Gathered: Sendable {
        package var families: [MetricFamily]

        /// Whether nothing is missing that this host has.
        package var isComplete: Bool

        package init(_ families: [MetricFamily], isComplete: Bool = true) {
            self.families = families
            self.isComplete = isComplete
        }
    }

    /// How the latest gathering went.
    struct Run: Sendable {
        let name: StaticString
        let seconds: Double
        /// Whether all is there, and of this scrape.
        var isSuccess: Bool
    }

    /// The value of the label `collector`.
    package let name: StaticString
    package let gather: @Sendable () async -> Gathered

    package init(_ name: StaticString, gather: @escaping @Sendable () async -> Gathered) {
        self.name = name
        self.gather = gather
    }
}

extension [MetricsSource.Run] {
    /// The metrics about gathering metrics, named as node_exporter names its own.
    func families() -> [MetricFamily] {
        [
            .gauge(
                "ptarmigan_collector_duration_seconds",
                unit: .seconds,
                help: "How long it took to gather a part of these metrics.",
                samples: map { .init(MetricValue($0.seconds), labels: [$0.label]) }
            ),
            .gauge(
                "ptarmigan_collector_success",
                help: "Whether a part of these metrics is complete and of this scrape.",
                samples: map { .init(MetricValue($0.isSuccess ? 1 : 0), labels: [$0.label]) }
            ),
        ]
    }
}

extension MetricsSource.Run {
    fileprivate var label: Label { Label("collector", name) }
}
