// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Sampler
import Testing

@testable import Agent

@Suite struct ProfileMetricsTests {
    @Test func showsWhatIsKeptAndWhatWasNot() {
        var counts = ProfileCounts()
        counts.windows = 90
        counts.bytes = 4_096
        counts.droppedWindows = 2
        counts.overflows = 3
        let text = String(
            decoding: Exposition.encode(ProfileMetrics.families(of: counts), as: .text).bytes,
            as: UTF8.self
        )
        for line in [
            "ptarmigan_profile_windows 90", "ptarmigan_profile_bytes 4096",
            "ptarmigan_profile_dropped_windows_total 2", "ptarmigan_profile_overflows_total 3",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
    }
}
