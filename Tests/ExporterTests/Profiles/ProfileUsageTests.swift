// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("ProfileUsage")
struct ProfileUsageTests {
    private func text(_ usage: ProfileUsage) -> String {
        let exposition = Exposition.encode(usage.families(), as: .text, limit: ExpositionLimit())
        return String(decoding: exposition.bytes, as: UTF8.self)
    }

    @Test("each page and status has a series from the beginning, and no rule is broken")
    func series() {
        let text = text(ProfileUsage())
        let lines = text.split(separator: "\n")
        let requests = lines.filter { $0.hasPrefix("ptarmigan_profile_requests_total{") }
        #expect(requests.count == 3 * 7)
        #expect(requests.allSatisfy { $0.hasSuffix(" 0") })
        #expect(lines.contains("ptarmigan_profiles_in_progress 0"))
        #expect(MetricLint.findings(in: ProfileUsage().families()) == [])
    }

    @Test("counts by page and status, and the time of those that got a profile")
    func counts() {
        var usage = ProfileUsage()
        usage.inProgress = 2
        usage.count(.profile, status: 200, seconds: 10.5)
        usage.count(.profile, status: 200, seconds: 0.1)
        usage.count(.profile, status: 404, seconds: 12)
        usage.count(.wall, status: 200, seconds: 61)
        usage.count(.flamegraph, status: 418, seconds: 1)
        usage.count(.flamegraph, status: 200, seconds: -1)
        let text = text(usage)
        let duration = "ptarmigan_profile_request_duration_seconds"
        for line in [
            "ptarmigan_profiles_in_progress 2",
            "ptarmigan_profile_requests_total{endpoint=\"profile\",code=\"200\"} 2",
            "ptarmigan_profile_requests_total{endpoint=\"profile\",code=\"404\"} 1",
            "ptarmigan_profile_requests_total{endpoint=\"wall\",code=\"404\"} 0",
            "ptarmigan_profile_requests_total{endpoint=\"flamegraph\",code=\"500\"} 1",
            duration + "_bucket{endpoint=\"profile\",le=\"0.1\"} 1",
            duration + "_bucket{endpoint=\"profile\",le=\"10.0\"} 1",
            duration + "_bucket{endpoint=\"profile\",le=\"15.0\"} 2",
            duration + "_sum{endpoint=\"profile\"} 10.6",
            duration + "_count{endpoint=\"profile\"} 2",
            duration + "_bucket{endpoint=\"wall\",le=\"60.0\"} 0",
            duration + "_count{endpoint=\"wall\"} 1",
            duration + "_count{endpoint=\"flamegraph\"} 0",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)\n\(text)")
        }
    }
}
