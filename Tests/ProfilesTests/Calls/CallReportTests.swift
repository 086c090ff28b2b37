// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct CallReportTests {
    private func report(times: CallReport.Times?) -> CallReport {
        CallReport(
            title: "",
            elapsedNanoseconds: 1,
            rows: [
                CallReport.Row(
                    name: "openat",
                    calls: 5,
                    errors: [.init(name: "ENOENT", count: 2), .init(name: "EACCES", count: 1)],
                    times: times
                ),
                CallReport.Row(name: "close", calls: 2, errors: [], times: times),
            ],
            stops: 14,
            coverage: 1
        )
    }

    @Test func addsUp() {
        let times = CallReport.Times(
            totalNanoseconds: 100,
            shortestNanoseconds: 1,
            longestNanoseconds: 50,
            percentiles: nil
        )
        let report = report(times: times)
        #expect(report.calls == 7)
        #expect(report.errorCount == 3)
        #expect(report.totalNanoseconds == 200)
        #expect(report.isTimed)
    }

    @Test func countsAloneAreNotTimed() {
        #expect(!report(times: nil).isTimed)
        #expect(report(times: nil).totalNanoseconds == 0)
    }
}
