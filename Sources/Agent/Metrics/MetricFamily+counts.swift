// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles

extension MetricFamily {
    /// A family with one counter for each reason of a closed set.
    static func counts<Reason>(
        _ name: StaticString,
        help: StaticString,
        _ counts: ReasonCounts<Reason>,
        label: StaticString = "reason"
    ) -> Self {
        counter(name, help: help, samples: counts.samples(label: label) { MetricValue($0) })
    }
}

extension ReasonCounts {
    /// A counter for each reason, which the label `label` names.
    ///
    /// - Parameter labels: those before it.
    func samples(
        _ labels: [Label] = [],
        label: StaticString,
        value: (UInt64) -> MetricValue
    ) -> [MetricFamily.CounterSample] {
        entries.map { reason, count in
            .init(value(count), labels: labels + [Label(label, sanitising: reason.rawValue)])
        }
    }
}
