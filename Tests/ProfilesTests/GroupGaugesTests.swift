// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct GroupGaugesTests {
    @Test func processesAddUpAndTheOldestStands() {
        var threads = ReasonCounts<ThreadClass>()
        threads.increment(.running)
        threads.increment(.sleeping, by: 2)
        var gauges = GroupGauges()
        #expect(gauges.oldestStartSeconds == nil)
        gauges.add(residentBytes: 10, startSeconds: 500, threads: threads)
        gauges.add(residentBytes: 20, startSeconds: 400, threads: threads)
        gauges.add(residentBytes: 30, startSeconds: 600, threads: threads)
        #expect(gauges.processes == 3)
        #expect(gauges.residentBytes == 60)
        #expect(gauges.oldestStartSeconds == 400)
        #expect(gauges.threads[.sleeping] == 6)
        #expect(gauges.threads.total == 9)
    }
}
