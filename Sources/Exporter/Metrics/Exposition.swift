// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How many series one exposition may have.
package struct ExpositionLimit: Sendable {
    package let maxSeries: Int

    package init(maxSeries: Int = 2000) { self.maxSeries = maxSeries }
}

/// The bytes of one scrape, and how much of the families is in them.
package struct Exposition: Sendable {
    package let bytes: [UInt8]

    /// The series that were encoded; each bucket of a histogram is one.
    package let seriesCount: Int

    /// The series that the limit left out.
    package let omittedSeriesCount: Int

    /// Encodes families in the order given, up to a limit of series.
    ///
    /// The first label set that does not fit ends the exposition: it and all after it are left out
    /// and counted. So the same families always give the same bytes, and what matters most goes
    /// first. A histogram is in whole or not at all. Families without samples are not mentioned.
    package static func encode(
        _ families: [MetricFamily],
        as format: ExpositionFormat,
        limit: ExpositionLimit = ExpositionLimit()
    ) -> Exposition {
        var encoder = ExpositionEncoder(format: format, limit: limit)
        for family in families { encoder.append(family) }
        return encoder.finish()
    }
}

/// One pass over the families, writing to one array of bytes.
private struct ExpositionEncoder {
    private var writer: ExpositionWriter
    private let maxSeries: Int
    private var seriesCount = 0
    private var omittedSeriesCount = 0

    init(format: ExpositionFormat, limit: ExpositionLimit) {
        writer = ExpositionWriter(format: format)
        maxSeries = limit.maxSeries
    }

    mutating func append(_ family: MetricFamily) {
        var isFirst = true
        switch family.samples {
        case .counter(let samples):
            for sample in samples where admit(1, of: family, isFirst: &isFirst) {
                writer.append(sample, of: family)
            }
        case .gauge(let samples):
            for sample in samples where admit(1, of: family, isFirst: &isFirst) {
                writer.append(sample, of: family)
            }
        case .histogram(let samples):
            for sample in samples {
                let series = sample.value.buckets.count + 3
                guard admit(series, of: family, isFirst: &isFirst) else { continue }
                writer.append(sample, of: family)
            }
        case .info(let samples):
            for labels in samples where admit(1, of: family, isFirst: &isFirst) {
                writer.append(info: labels, of: family)
            }
        }
    }

    /// Counts series in or out; the family's header goes before its first sample.
    private mutating func admit(
        _ count: Int,
        of family: MetricFamily,
        isFirst: inout Bool
    ) -> Bool {
        guard omittedSeriesCount == 0, seriesCount + count <= maxSeries else {
            omittedSeriesCount += count
            return false
        }
        if isFirst { writer.appendHeader(of: family) }
        isFirst = false
        seriesCount += count
        return true
    }

    consuming func finish() -> Exposition {
        writer.appendEnd()
        return Exposition(
            bytes: writer.bytes,
            seriesCount: seriesCount,
            omittedSeriesCount: omittedSeriesCount
        )
    }
}
