// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("MetricsSource")
struct MetricsSourceTests {
    @Test("how each source did is told by its name, as node_exporter tells it")
    func families() {
        let runs = [
            MetricsSource.Run(name: "groups", seconds: 0.25, isSuccess: true),
            MetricsSource.Run(name: "process", seconds: 2, isSuccess: false),
        ]
        let text = String(
            decoding: Exposition.encode(runs.families(), as: .text, limit: ExpositionLimit()).bytes,
            as: UTF8.self
        )
        let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                #"ptarmigan_collector_duration_seconds{collector="groups"} 0.25"#,
                #"ptarmigan_collector_duration_seconds{collector="process"} 2.0"#,
                #"ptarmigan_collector_success{collector="groups"} 1"#,
                #"ptarmigan_collector_success{collector="process"} 0"#,
            ]
        )
    }
}
