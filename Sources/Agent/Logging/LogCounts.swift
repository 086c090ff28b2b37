// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Logging
import Synchronization

/// How many lines were logged, by level.
final class LogCounts: Sendable {
    private let counts = Mutex<[Logger.Level: UInt64]>([:])

    func count(_ level: Logger.Level) { counts.withLock { $0[level, default: 0] += 1 } }

    /// The lines of `level` so far.
    func lines(_ level: Logger.Level) -> UInt64 { counts.withLock { $0[level, default: 0] } }

    /// All levels, each of them from the start.
    func families() -> [MetricFamily] {
        [
            .counter(
                "ptarmigan_log_messages",
                help: "Lines that the agent logged, by level.",
                samples: Logger.Level.allCases.map {
                    .init(MetricValue(lines($0)), labels: [Label("level", sanitising: $0.rawValue)])
                }
            )
        ]
    }
}
