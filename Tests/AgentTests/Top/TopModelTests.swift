// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent
@testable import Sampler

@Suite struct TopModelTests {
    private let fixture = TopFixture()

    @Test func keepsCPUTimeAndAllTimeApart() {
        var model = TopModel()
        model.add(
            fixture.window(
                .init(names: "main f", milliseconds: 100),
                .init(names: "main poll", milliseconds: 900, isOffCPU: true)
            )
        )
        #expect(model.table(by: .function, isWall: false).periodNanoseconds == 100_000_000)
        #expect(model.table(by: .function, isWall: false).count == 2)
        #expect(model.table(by: .function, isWall: true).periodNanoseconds == 1_000_000_000)
        #expect(model.table(by: .function, isWall: true).count == 3)
        #expect(model.table(by: .thread, isWall: true).count == 1)
        #expect(model.table(by: .group, isWall: true).nanoseconds == 1_000_000_000)
    }

    @Test func withoutWaitsThereIsOnlyCPUTime() {
        var model = TopModel()
        model.add(fixture.window(.init(names: "main f", milliseconds: 100), kind: .cpu))
        #expect(model.table(by: .function, isWall: false).count == 2)
        #expect(model.table(by: .function, isWall: true).count == 0)
    }

    @Test func aResetForgetsTimesAndNotWhatItCost() {
        var fixture = fixture
        fixture.summary.samples = 7
        var model = TopModel()
        model.add(fixture.window(.init(names: "main f", milliseconds: 100)))
        model.reset()
        #expect(model.table(by: .function, isWall: false).count == 0)
        #expect(model.summary.samples == 7)
        #expect(model.elapsedNanoseconds == 1_000_000_000)
        model.add(fixture.window(.init(names: "main f", milliseconds: 50)))
        #expect(model.table(by: .function, isWall: false).nanoseconds == 50_000_000)
        #expect(model.elapsedNanoseconds == 2_000_000_000)
    }

    @Test func staysWithinItsLimitOfRows() {
        var model = TopModel(rowLimit: 20)
        for number in 0..<200 {
            model.add(
                fixture.window(
                    .init(names: "f\(number)", milliseconds: 10, thread: Int32(number + 1))
                )
            )
        }
        for view in TopView.allCases {
            #expect(model.table(by: view, isWall: false).count <= 20)
            #expect(model.table(by: view, isWall: true).count <= 20)
            #expect(model.table(by: view, isWall: true).nanoseconds == 2_000_000_000)
        }
    }
}
