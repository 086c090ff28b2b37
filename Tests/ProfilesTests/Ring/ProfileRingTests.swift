// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ProfileRingTests {
    @Test func windowsAreLetGoWhenTheirTimeIsOver() {
        var fixture = RingFixture(nanoseconds: 30_000_000_000)
        for _ in 0..<10 {
            fixture.add("main f", seconds: 1)
            fixture.append()
        }
        #expect(fixture.ring.count == 4)
        #expect(fixture.ring.oldestNanoseconds == 60_000_000_000)
        #expect(fixture.ring.droppedWindows == 0)
        #expect(fixture.milliseconds(0..<100) == ["main f": 4_000])
    }

    @Test func compactingKeepsWhatIsNeededAndNothingElse() throws {
        var fixture = RingFixture(nanoseconds: 10_000_000_000)
        for index in 0..<100 {
            fixture.add("main f\(index) g", seconds: 1)
            fixture.append()
        }
        let stack = fixture.stack("main held")
        let held = try #require(stack)
        let before = fixture.milliseconds(0..<1_000)
        let moved = fixture.ring.compact(keeping: [held])
        #expect(fixture.milliseconds(0..<1_000) == before)
        // Two windows of three frames, and the one that is held.
        #expect(fixture.ring.archive.nodeCount == 1 + 2 * 2 + 1)
        let now = fixture.stack("main held")
        #expect(moved[held] == now)
        #expect(fixture.ring.archive.generation == 1)
    }

    @Test func memoryIsBounded() {
        var fixture = RingFixture(bytes: 50_000)
        for index in 0..<500 {
            for stack in 0..<10 { fixture.add("main f\(index) g\(stack)", seconds: 1) }
            fixture.append()
            if fixture.ring.isCrowded { _ = fixture.ring.compact(keeping: []) }
            #expect(fixture.ring.byteCount <= 50_000)
        }
        #expect(fixture.ring.droppedWindows > 0)
        #expect(fixture.ring.count > 5, "it is not emptied either")
    }

    @Test func aRingThatIsTooSmallForAnythingStillEnds() {
        var fixture = RingFixture(bytes: 1)
        fixture.add("main f", seconds: 1)
        fixture.append()
        #expect(fixture.ring.isCrowded)
        _ = fixture.ring.compact(keeping: [])
        #expect(fixture.ring.count == 0)
    }
}
