// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct AttachedCallsReportTests {
    @Test("a report has the calls, their rates, and what the windows came to")
    func report() throws {
        let read = TracedCall(.native, SystemCallNumber(Int32(SYS_read)))
        var outcome = AttachedCalls.Outcome()
        outcome.nanoseconds = 1_000_000_000
        outcome.watchedNanoseconds = 500_000_000
        outcome.heldNanoseconds = 10_000_000
        outcome.ends.increment(.time)
        outcome.unwatched = [ThreadID(5): .systemTime]
        var thread = CallRates.Thread()
        for _ in 0..<200 { thread.calls.count(read) }
        thread.calls.watchedNanoseconds = 500_000_000
        thread.runNanoseconds = 400_000_000
        thread.freeTransfers = 300
        thread.freeNanoseconds = 500_000_000
        outcome.threads = [ThreadID(4): thread]
        var account = CallAccount()
        account.count(nanoseconds: 5_000, failure: EAGAIN)
        outcome.tally.accounts = [read: account]

        let report = outcome.report(title: "process 4")
        #expect(report.rows.map(\.name) == ["read"])
        #expect(report.rows.first?.rate == CallReport.Rate(perSecond: 600, error: 0))
        #expect(report.coverage == 0.5)
        let windows = try #require(report.windows)
        #expect(windows.heldNanoseconds == 10_000_000)
        #expect(windows.unwatched[.systemTime] == 1)
        #expect(windows.ends[.time] == 1)
    }
}
