// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct LoadAverageTests {
    @Test(
        arguments: [
            ("0.62 0.66 0.29 1/341 8812\n", 8812), ("0.00 0.01 0.05 12/3 2147483647\n", .max),
            ("0.00 0.00 0.00 0/0 0\n", nil), ("0.00 0.00 0.00 0/0\n", nil), ("", nil),
            ("0.62 0.66 0.29 1/341 2147483648\n", nil), ("0.62 0.66 0.29 1/341 x\n", nil),
        ] as [(String, Int32?)]
    )
    func latestTask(text: String, number: Int32?) {
        #expect(parse(text) { LoadAverage.latestTask($0) } == number.map(ThreadID.init))
    }

    @Test func movesWhenAProcessBegins() throws {
        var reader = ProcReader()
        let before = try #require(reader.latestTask().value)
        let child = try ProcChild(["cat"])
        let after = try #require(reader.latestTask().value)
        #expect(before != after)
        #expect(child.process.rawValue > 0)
    }
}
