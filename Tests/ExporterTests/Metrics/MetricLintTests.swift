// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("MetricLint")
struct MetricLintTests {
    @Test("finds nothing in good families")
    func good() {
        #expect(MetricLint.findings(in: SampleFamilies.all) == [])
    }

    @Test(
        "finds bad names",
        arguments: [
            ("ptarmigan_ticks_total", MetricFamily.Kind.counter, nil, "_total is for"),
            ("ptarmigan_build_info", .info, nil, "_info is for"),
            ("ptarmigan_pause_bucket", .gauge, nil, "_bucket is for"),
            ("ptarmigan_pause_count", .gauge, nil, "_count is for"),
            ("ptarmigan_pause", .gauge, .seconds, "does not end with its unit"),
            ("ptarmigan_pause_seconds", .gauge, nil, "declares no unit"),
            ("ptarmigan_pause_ms", .gauge, nil, "abbreviated unit"),
            ("ptarmigan_pause_milliseconds", .gauge, nil, "not a base unit"),
            ("ptarmigan_gauge_x", .gauge, nil, "the type does not belong"),
            ("ptarmigan:pause", .gauge, nil, "not snake_case"),
            ("ptarmiganPause", .gauge, nil, "not snake_case"),
            ("", .gauge, nil, "not snake_case"),
        ] as [(String, MetricFamily.Kind, MetricFamily.Unit?, String)]
    )
    func names(
        name: String,
        kind: MetricFamily.Kind,
        unit: MetricFamily.Unit?,
        problem: String
    ) throws {
        let findings = MetricLint.headerFindings(name: name, kind: kind, unit: unit, help: "x")
        #expect(findings.count == 1)
        #expect(try #require(findings.first).problem.contains(problem))
    }

    @Test("finds a missing help text")
    func help() {
        let findings = MetricLint.headerFindings(
            name: "ptarmigan_x",
            kind: .gauge,
            unit: nil,
            help: ""
        )
        #expect(findings.map(\.problem) == ["no help text"])
    }

    private func gauge(_ labels: [[Label]]) -> MetricFamily {
        .gauge(
            "ptarmigan_targets",
            help: "x",
            samples: labels.map { MetricFamily.GaugeSample(1, labels: $0) }
        )
    }

    @Test("finds bad labels and series that occur twice")
    func labels() {
        func problems(_ labels: [[Label]]) -> [String] {
            MetricLint.findings(in: [gauge(labels)]).map(\.problem)
        }
        #expect(problems([[Label("pod", "a")]]) == ["label pod is reserved"])
        #expect(problems([[Label("aB", "a")]]) == ["label aB is not snake_case ASCII"])
        #expect(problems([[Label("a", "a"), Label("a", "b")]]) == ["label a twice"])
        #expect(problems([[Label("a", "a")], [Label("a", "a")]]).count == 1)
        #expect(problems([[Label("a", "a")], [Label("a", "b")]]) == [])
    }

    @Test("finds families whose samples have the same name")
    func clash() {
        let findings = MetricLint.findings(in: [gauge([[]]), gauge([[]])])
        #expect(findings.map(\.problem) == ["two families expose this name"])
    }

    @Test("finds impossible values")
    func values() {
        let counter = MetricFamily.counter("ptarmigan_ticks", help: "x", value: -1)
        #expect(MetricLint.findings(in: [counter]).map(\.problem) == ["a counter below zero"])

        let buckets = [1.0, 1.0].map { HistogramValue.Bucket(upperBound: $0, count: 0) }
        let histogram = MetricFamily.histogram(
            "ptarmigan_x_seconds",
            unit: .seconds,
            help: "x",
            samples: [
                MetricFamily.HistogramSample(
                    HistogramValue(buckets: buckets, overflowCount: 0, sum: .nan)
                )
            ]
        )
        #expect(
            MetricLint.findings(in: [histogram]).map(\.problem)
                == ["bucket bounds do not rise", "the sum is not finite"]
        )
    }
}
