// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct RecordedProcessTests {
    @Test func countsFromTheClockAtItsStart() {
        let target = SampledProcess(
            id: ProcessID(1),
            startTime: StartTime(ticks: 5),
            group: .command("x")
        )
        var process = RecordedProcess(target, clockNanoseconds: 100)
        #expect(process.startTime == StartTime(ticks: 5))
        #expect(process.account.close(clockNanoseconds: 150) == 50)
    }
}
