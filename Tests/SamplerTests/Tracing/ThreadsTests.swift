// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Profiles
import Synchronization
import Testing

@testable import Sampler

@Suite struct ThreadsTests {
    private final class Number: Sendable {
        let value = Atomic<Int32>(0)
    }

    @Test("a body runs on a thread of its own, which has ended afterwards")
    func runsToEnd() throws {
        let number = Number()
        let thread = try Threads.runToEnd {
            number.value.store(cptrace_gettid(), ordering: .relaxed)
        }
        #expect(thread == ThreadID(number.value.load(ordering: .relaxed)))
        #expect(thread != ThreadID(cptrace_gettid()))
    }

    @Test func startsOneThatNobodyWaitsFor() {
        let number = Number()
        Threads.start { number.value.store(1, ordering: .relaxed) }
        let ran = eventually { number.value.load(ordering: .relaxed) == 1 ? true : nil }
        #expect(ran == true)
    }
}
