// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the lines of an exposition.
///
/// Text: prometheus.io/docs/instrumenting/exposition_formats. OpenMetrics: the 1.0.0
/// specification, section "Text format". They differ in the order of the header lines, in the
/// name that the header of a counter or an info bears, in UNIT, exemplars and the closing line.
struct ExpositionWriter {
    var bytes: [UInt8] = []
    let format: ExpositionFormat

    init(format: ExpositionFormat) { self.format = format }

    mutating func appendHeader(of family: MetricFamily) {
        switch format {
        case .text:
            appendHelp(of: family)
            appendType(of: family)
        case .openMetrics:
            appendType(of: family)
            appendUnit(of: family)
            appendHelp(of: family)
        }
    }

    private mutating func appendHelp(of family: MetricFamily) {
        append("# HELP ")
        appendHeaderName(of: family)
        append(" ")
        // Only OpenMetrics escapes quotes here.
        family.help.withUTF8Buffer { appendEscaped($0, quotes: format == .openMetrics) }
        append("\n")
    }

    private mutating func appendType(of family: MetricFamily) {
        append("# TYPE ")
        appendHeaderName(of: family)
        switch family.kind {
        case .counter: append(" counter\n")
        case .gauge: append(" gauge\n")
        case .histogram: append(" histogram\n")
        case .info: append(format == .openMetrics ? " info\n" : " gauge\n")
        }
    }

    private mutating func appendUnit(of family: MetricFamily) {
        guard let unit = family.unit else { return }
        append("# UNIT ")
        append(family.name)
        append(" ")
        bytes.append(contentsOf: unit.rawValue.utf8)
        append("\n")
    }

    /// The text format heads a family with the name of its samples, OpenMetrics with its own.
    private mutating func appendHeaderName(of family: MetricFamily) {
        append(family.name)
        guard format == .text else { return }
        switch family.kind {
        case .counter: append("_total")
        case .info: append("_info")
        case .gauge, .histogram: break
        }
    }

    /// Ends the exposition; nothing may follow.
    mutating func appendEnd() {
        if format == .openMetrics { append("# EOF\n") }
    }

    mutating func append(_ sample: MetricFamily.CounterSample, of family: MetricFamily) {
        append(family.name)
        append("_total")
        appendLabels(sample.labels)
        append(" ")
        append(sample.value)
        append(sample.exemplar)
        append("\n")
    }

    mutating func append(_ sample: MetricFamily.GaugeSample, of family: MetricFamily) {
        append(family.name)
        appendLabels(sample.labels)
        append(" ")
        append(sample.value)
        append("\n")
    }

    mutating func append(info labels: [Label], of family: MetricFamily) {
        append(family.name)
        append("_info")
        appendLabels(labels)
        append(" 1\n")
    }

    mutating func append(_ sample: MetricFamily.HistogramSample, of family: MetricFamily) {
        let value = sample.value
        var cumulative: UInt64 = 0
        for bucket in value.buckets {
            cumulative &+= bucket.count
            appendBucket(
                sample.labels,
                upperBound: bucket.upperBound,
                count: cumulative,
                exemplar: bucket.exemplar,
                of: family
            )
        }
        cumulative &+= value.overflowCount
        appendBucket(
            sample.labels,
            upperBound: .infinity,
            count: cumulative,
            exemplar: value.overflowExemplar,
            of: family
        )

        append(family.name)
        append("_sum")
        appendLabels(sample.labels)
        append(" ")
        CanonicalFloat.append(value.sum, to: &bytes)
        append("\n")

        append(family.name)
        append("_count")
        appendLabels(sample.labels)
        append(" ")
        append(cumulative)
        append("\n")
    }

    private mutating func appendBucket(
        _ labels: [Label],
        upperBound: Double,
        count: UInt64,
        exemplar: Exemplar?,
        of family: MetricFamily
    ) {
        append(family.name)
        append("_bucket{")
        for label in labels {
            append(label)
            append(",")
        }
        append("le=\"")
        CanonicalFloat.append(upperBound, to: &bytes)
        append("\"} ")
        append(count)
        append(exemplar)
        append("\n")
    }
}
