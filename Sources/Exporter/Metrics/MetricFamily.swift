// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A metric with its name, its meaning and its present samples.
///
/// The name is OpenMetrics' family name: it ends with the unit and bears no `_total`, `_info` or
/// `_bucket`; the encoders add those (`ptarmigan_group_cpu_seconds` is exposed as
/// `ptarmigan_group_cpu_seconds_total`). The samples are of the family's kind by type. A name
/// that breaks the rules of `MetricLint` stops a debug build where the family is made.
package struct MetricFamily: Sendable {
    /// What the family measures, as its TYPE line says.
    package enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
        case info
    }

    /// A base unit of Prometheus; its raw value is the suffix of the name.
    package enum Unit: String, Sendable, CaseIterable {
        case seconds
        case bytes
        case ratio
        case hertz
    }

    /// A counter of one label set: it rises, or starts again from zero.
    package struct CounterSample: Sendable {
        package let labels: [Label]
        package let value: MetricValue
        package let exemplar: Exemplar?

        package init(_ value: MetricValue, labels: [Label] = [], exemplar: Exemplar? = nil) {
            self.labels = labels
            self.value = value
            self.exemplar = exemplar
        }
    }

    /// A gauge of one label set.
    package struct GaugeSample: Sendable {
        package let labels: [Label]
        package let value: MetricValue

        package init(_ value: MetricValue, labels: [Label] = []) {
            self.labels = labels
            self.value = value
        }
    }

    /// A histogram of one label set.
    package struct HistogramSample: Sendable {
        package let labels: [Label]
        package let value: HistogramValue

        package init(_ value: HistogramValue, labels: [Label] = []) {
            self.labels = labels
            self.value = value
        }
    }

    /// The samples, of one kind for the whole family, in the order of exposition.
    package enum Samples: Sendable {
        case counter([CounterSample])
        case gauge([GaugeSample])
        case histogram([HistogramSample])
        case info([[Label]])
    }

    package let name: StaticString
    package let unit: Unit?
    package let help: StaticString
    package let samples: Samples

    private init(name: StaticString, unit: Unit?, help: StaticString, samples: Samples) {
        self.name = name
        self.unit = unit
        self.help = help
        self.samples = samples
        assert(MetricLint.findings(inHeaderOf: self).isEmpty, "\(name): see MetricLint")
    }

    package var kind: Kind {
        switch samples {
        case .counter: .counter
        case .gauge: .gauge
        case .histogram: .histogram
        case .info: .info
        }
    }
}

extension MetricFamily {
    /// A family of counters; the name comes without `_total`.
    package static func counter(
        _ name: StaticString,
        unit: Unit? = nil,
        help: StaticString,
        samples: [CounterSample]
    ) -> Self {
        Self(name: name, unit: unit, help: help, samples: .counter(samples))
    }

    /// A counter without labels; the name comes without `_total`.
    package static func counter(
        _ name: StaticString,
        unit: Unit? = nil,
        help: StaticString,
        value: MetricValue
    ) -> Self {
        counter(name, unit: unit, help: help, samples: [CounterSample(value)])
    }

    /// A family of gauges.
    package static func gauge(
        _ name: StaticString,
        unit: Unit? = nil,
        help: StaticString,
        samples: [GaugeSample]
    ) -> Self {
        Self(name: name, unit: unit, help: help, samples: .gauge(samples))
    }

    /// A gauge without labels.
    package static func gauge(
        _ name: StaticString,
        unit: Unit? = nil,
        help: StaticString,
        value: MetricValue
    ) -> Self {
        gauge(name, unit: unit, help: help, samples: [GaugeSample(value)])
    }

    /// A family of histograms; a histogram always has a unit.
    package static func histogram(
        _ name: StaticString,
        unit: Unit,
        help: StaticString,
        samples: [HistogramSample]
    ) -> Self {
        Self(name: name, unit: unit, help: help, samples: .histogram(samples))
    }

    /// Facts that do not change while the agent runs, as labels; the name comes without `_info`.
    package static func info(
        _ name: StaticString,
        help: StaticString,
        labels: [Label]
    ) -> Self {
        Self(name: name, unit: nil, help: help, samples: .info([labels]))
    }
}
