// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts what was asked through the admin socket.
package final class AdminUsageCounter: Sendable {
    /// What was counted, as values for metrics.
    package struct Counts: Sendable, Equatable {
        package var outcomes: [AdminOutcome: UInt64] = [:]
        /// Requests that are being sampled for now.
        package var inProgress = 0

        package init() {}

        /// The metrics, which there are without a socket, too.
        package func families() -> [MetricFamily] {
            [
                .counter(
                    "ptarmigan_admin_requests",
                    help: "Requests through the admin socket, by what became of them.",
                    samples: AdminOutcome.allCases.map { outcome in
                        MetricFamily.CounterSample(
                            MetricValue(outcomes[outcome] ?? 0),
                            labels: [Label("outcome", outcome.label)]
                        )
                    }
                ),
                .gauge(
                    "ptarmigan_admin_requests_in_progress",
                    help: "Requests through the admin socket that are being sampled for.",
                    value: MetricValue(inProgress)
                ),
            ]
        }
    }

    private let state = Mutex(Counts())

    package init() {}

    package var counts: Counts { state.withLock { $0 } }

    func count(_ outcome: AdminOutcome) {
        state.withLock { $0.outcomes[outcome, default: 0] += 1 }
    }

    func begin() { state.withLock { $0.inProgress += 1 } }

    func end() { state.withLock { $0.inProgress -= 1 } }
}
