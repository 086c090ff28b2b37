// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct CallTallyReportTests {
    private static let openat = TracedCall(
        auditArchitecture: NativeABI.auditArchitecture,
        number: 3
    )
    private static let other = TracedCall(auditArchitecture: NativeABI.auditArchitecture, number: 4)

    private func row(_ call: TracedCall, of tally: CallTally) throws -> CallReport.Row {
        let report = tally.report(title: "", elapsedNanoseconds: 1, coverage: 1)
        return try #require(report.rows.first { $0.name == call.name })
    }

    @Test func namesErrorsAndPutsTheMostFrequentFirst() throws {
        var tally = CallTally()
        for failure: Int32 in [13, 2, 2, 512, 4_000] {
            tally.accounts[Self.openat, default: CallAccount()]
                .count(nanoseconds: 1, failure: failure)
        }
        let errors = try row(Self.openat, of: tally).errors
        #expect(
            errors.map(\.name) == ["ENOENT", "EACCES", "ERESTARTSYS", "errno_4000"]
        )
        #expect(errors.map(\.count) == [2, 1, 1, 1])
    }

    @Test("calls that last no longer than a stop have no percentiles")
    func percentiles() throws {
        var tally = CallTally()
        for _ in 0..<100 {
            tally.accounts[Self.openat, default: CallAccount()]
                .count(nanoseconds: 20_000, failure: nil)
            tally.accounts[Self.other, default: CallAccount()]
                .count(nanoseconds: 5_000_000, failure: nil)
        }
        #expect(try row(Self.openat, of: tally).times?.percentiles == nil)
        let percentiles = try #require(try row(Self.other, of: tally).times?.percentiles)
        #expect((4_950_000...5_050_000).contains(percentiles.p50Nanoseconds))
    }
}
