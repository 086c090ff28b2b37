// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Testing

@Suite("Exposition")
struct ExpositionTests {
    @Test(
        "gives the golden bytes",
        arguments: [
            (ExpositionFormat.text, "metrics.txt"),
            (.openMetrics, "metrics.openmetrics"),
        ]
    )
    func golden(format: ExpositionFormat, file: String) throws {
        let exposition = Exposition.encode(SampleFamilies.all, as: format)
        let expected = try Golden.read(file)
        #expect(
            String(decoding: exposition.bytes, as: UTF8.self)
                == String(decoding: expected, as: UTF8.self)
        )
        #expect(exposition.seriesCount == 20)
        #expect(exposition.omittedSeriesCount == 0)
    }

    @Test("promtool finds nothing wrong with the text")
    func promtool() throws {
        let outcome = try Promtool.checkMetrics(Golden.read("metrics.txt"))
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "")
    }

    @Test("promtool does find what is wrong: the check above can fail")
    func promtoolFinds() throws {
        let outcome = try Promtool.checkMetrics(
            Array("# TYPE a_total gauge\na_total 1\n".utf8)
        )
        #expect(outcome.exitCode == 3)
        #expect(outcome.output.contains("a_total"))
    }

    @Test(
        "an empty exposition is valid",
        arguments: [(ExpositionFormat.text, ""), (.openMetrics, "# EOF\n")]
    )
    func empty(format: ExpositionFormat, expected: String) {
        #expect(Exposition.encode([], as: format).bytes == Array(expected.utf8))
    }

    @Test(
        "series beyond the limit are left out, counted, and the rest is a prefix",
        arguments: [0, 1, 2, 3, 5, 6, 19, 20, 21]
    )
    func limit(maxSeries: Int) {
        let whole = Exposition.encode(SampleFamilies.all, as: .text)
        let part = Exposition.encode(
            SampleFamilies.all,
            as: .text,
            limit: ExpositionLimit(maxSeries: maxSeries)
        )
        #expect(part.seriesCount <= maxSeries)
        #expect(part.seriesCount + part.omittedSeriesCount == 20)
        #expect(whole.bytes.starts(with: part.bytes))
        // The last family is a histogram of 14 series: all of them or none.
        #expect(part.seriesCount == (maxSeries >= 20 ? 20 : min(maxSeries, 6)))
    }

    @Test("nothing follows the first series left out, even if it would fit")
    func limitIsACut() {
        let families = [SampleFamilies.pause, .gauge("ptarmigan_targets", help: "x", value: 1)]
        let part = Exposition.encode(
            families,
            as: .openMetrics,
            limit: ExpositionLimit(maxSeries: 3)
        )
        #expect(part.bytes == Array("# EOF\n".utf8))
        #expect(part.omittedSeriesCount == 15)
    }

    @Test("an exemplar with too many characters is left out")
    func longExemplar() {
        func encode(_ length: Int) -> String {
            let value = LabelValue(sanitising: String(repeating: "x", count: length))
            let exemplar = Exemplar(labels: [Label("a", value)], value: 1)
            let family = MetricFamily.counter(
                "ptarmigan_ticks",
                help: "x",
                samples: [MetricFamily.CounterSample(1, exemplar: exemplar)]
            )
            let bytes = Exposition.encode([family], as: .openMetrics).bytes
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(encode(127).contains("ptarmigan_ticks_total 1 # {a=\""))
        #expect(encode(128).contains("ptarmigan_ticks_total 1\n"))
    }
}
