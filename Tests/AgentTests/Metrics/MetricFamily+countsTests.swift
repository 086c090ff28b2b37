// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Testing

@testable import Agent

@Suite struct MetricFamilyCountsTests {
    @Test func everyReasonHasItsCounterFromTheStart() {
        var counts = ReasonCounts<MissedTickReason>()
        counts.increment(.overrun, by: 3)
        let family = MetricFamily.counts("ptarmigan_x", help: "X.", counts)
        let text = String(decoding: Exposition.encode([family], as: .text).bytes, as: UTF8.self)
        #expect(text.contains("\nptarmigan_x_total{reason=\"budget\"} 0\n"))
        #expect(text.contains("\nptarmigan_x_total{reason=\"overrun\"} 3\n"))
    }

    @Test func furtherLabelsComeFirst() {
        let samples = ReasonCounts<SampleState>().samples(
            [Label("group", "a")],
            label: "state"
        ) { MetricValue($0) }
        #expect(samples.map { $0.labels.map(\.value.text) }.first == ["a", "on_cpu"])
    }
}
