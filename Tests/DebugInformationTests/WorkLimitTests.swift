// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct WorkLimitTests {
    @Test func allowsSoManySteps() {
        let limit = WorkLimit(deadline: .now + .seconds(60), steps: 3)
        #expect((0..<5).map { _ in limit.step() } == [true, true, true, false, false])
        #expect(limit.isReached)
    }

    @Test func endsAtItsDeadline() {
        let limit = WorkLimit(deadline: .now)
        #expect(!limit.step())
        #expect(limit.isReached)
    }
}
