// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ProfileWindowTests {
    @Test(
        "a part is in the span that holds its middle",
        arguments: [
            (1..<2, 0.0), (1..<3, 1.0), (2..<3, 1.0), (3..<9, 0.0), (0..<9, 1.0),
        ]
    )
    func parts(span: Range<UInt64>, share: Double) {
        var fixture = RingFixture()
        fixture.add("a", slice: 1, seconds: 1)
        let window = fixture.window([1, 2, 5])
        let nanoseconds = span.lowerBound * 1_000_000_000..<span.upperBound * 1_000_000_000
        #expect(window.samples.map { window.share(of: $0, within: nanoseconds) } == [share])
    }

    @Test func aWindowOfNoLengthIsAllOrNothing() {
        var fixture = RingFixture()
        fixture.add("a", seconds: 1)
        let window = fixture.window([0])
        #expect(window.samples.map { window.share(of: $0, within: 0..<1) } == [1])
        #expect(window.samples.map { window.share(of: $0, within: 1..<2) } == [0])
    }
}
