// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The text formats in which metrics are served.
package enum ExpositionFormat: Sendable, CaseIterable {
    /// Prometheus' text format 0.0.4: what everything can read, hence the fallback.
    case text

    /// OpenMetrics 1.0.0: units, info families and exemplars; Prometheus' first choice.
    case openMetrics

    /// The Content-Type to send; Prometheus 3 fails a scrape on any other.
    package var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }
}
