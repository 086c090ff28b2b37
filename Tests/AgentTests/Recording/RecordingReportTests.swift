// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct RecordingReportTests {
    private let profile: Profile = {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "x"
        )
        builder.durationNanoseconds = 2_000_000_000
        return builder.build()
    }()

    @Test func saysWhatWasSampledAndHowItEnded() {
        var summary = RecordingSummary()
        summary.samples = 3
        summary.cpuNanoseconds = 1_500_000_000
        summary.stacks.count(.complete)
        summary.stacks.count(.truncated(.copyEnd))
        summary.stacks.count(.broken(.noRule))
        summary.pauses.add(nanoseconds: 30_000)
        let text = RecordingReport.text(profile, summary)
        #expect(text.contains("samples  3 on a CPU, 0 waiting for one; 1.5 s of CPU time in 2.0 s"))
        #expect(
            text.contains("stacks   1 complete, 1 truncated (copy_end 1), 1 broken (no_rule 1)")
        )
        #expect(text.contains("pauses   0.0 ms in all (0.0 % of the CPU time), p99 30 us"))
        #expect(!text.contains("left out"))
    }

    @Test func saysWhatWasLeftOut() {
        var summary = RecordingSummary()
        summary.counters.withheld.increment(.systemTime, by: 4)
        summary.counters.missedTicks.increment(.budget, by: 2)
        summary.fileFailures = ["absent": 1]
        let text = RecordingReport.text(profile, summary)
        #expect(
            text.contains(
                "left out 4 visits withheld (system_time), 2 visits or points missed (budget), "
                    + "1 files not read (absent)"
            )
        )
        #expect(!text.contains("pauses"))
    }

    @Test func saysOfHowManyFilesThereAreLines() {
        var lines = SourceLines.Summary()
        #expect(RecordingReport.text(lines) == "")
        lines.files = 4
        lines.outcomes = ["lines": 1, "no_debug_information": 2, "unanswered": 1]
        #expect(
            RecordingReport.text(lines)
                == "lines    1 of 4 files (no_debug_information 2, unanswered 1)\n"
        )
    }
}
