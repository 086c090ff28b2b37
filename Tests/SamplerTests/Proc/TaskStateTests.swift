// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct TaskStateTests {
    @Test(arguments: [
        ("R", TaskState.running), ("S", .sleeping), ("D", .uninterruptible), ("T", .stopped),
        ("t", .tracingStop), ("Z", .zombie), ("X", .dead), ("x", .dead), ("I", .idle),
        ("P", .parked), ("W", .other), ("\0", .other),
    ])
    func namesTheLetter(letter: String, state: TaskState) throws {
        #expect(TaskState(letter: try #require(letter.utf8.first)) == state)
    }

    @Test(
        arguments: [
            (.running, .running), (.sleeping, .sleeping), (.idle, .sleeping),
            (.uninterruptible, .blocked), (.stopped, .stopped), (.tracingStop, .stopped),
            (.zombie, .other), (.dead, .other), (.parked, .other), (.other, .other),
        ] as [(TaskState, ThreadClass)]
    )
    func isCountedUnderAClass(state: TaskState, threadClass: ThreadClass) {
        #expect(state.threadClass == threadClass)
    }

    @Test func onlyZombiesAndTheDeadHaveExited() {
        #expect(TaskState.allCases.filter(\.hasExited) == [.zombie, .dead])
    }
}
