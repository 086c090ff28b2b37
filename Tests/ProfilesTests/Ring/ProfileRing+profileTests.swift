// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ProfileRingProfileTests {
    @Test func aSpanHasThePartsThatWereSampledInIt() {
        var fixture = RingFixture()
        fixture.add("main a", slice: 0, seconds: 0.5)
        fixture.add("main b", slice: 1, seconds: 0.25)
        fixture.add("main c", slice: 2, seconds: 0.125)
        fixture.append([1, 4, 5])
        #expect(fixture.milliseconds(0..<1) == ["main a": 500])
        #expect(fixture.milliseconds(1..<5) == ["main b": 250])
        #expect(fixture.milliseconds(1..<10) == ["main b": 250, "main c": 125])
        #expect(fixture.milliseconds(10..<20).isEmpty)
    }

    @Test func whatIsOfNoPartIsSpreadOverTheWindow() {
        var fixture = RingFixture()
        fixture.add("[kernel]", seconds: 1)
        fixture.append()
        fixture.add("[kernel]", seconds: 2)
        fixture.append()
        #expect(fixture.milliseconds(5..<10) == ["[kernel]": 500])
        #expect(fixture.milliseconds(5..<15) == ["[kernel]": 1_500])
        #expect(fixture.milliseconds(0..<100) == ["[kernel]": 3_000])
    }

    @Test func adjacentSpansAddUpToTheWhole() {
        var fixture = RingFixture()
        for window in 0..<5 {
            for slice in 0..<10 {
                fixture.add("main f\(slice) g\(window)", slice: UInt16(slice), seconds: 0.1)
            }
            fixture.add("[unsampled]", seconds: 1)
            fixture.append(Array(repeating: 1, count: 10))
        }
        var sum: [String: UInt64] = [:]
        for second in 0..<UInt64(50) {
            sum.merge(fixture.milliseconds(second..<second + 1), uniquingKeysWith: +)
        }
        #expect(sum == fixture.milliseconds(0..<50))
        #expect(sum.values.reduce(0, +) == 10_000)
    }

    @Test func groupsAndKindsAreKeptApart() {
        var fixture = RingFixture()
        fixture.add("main a", group: "web", seconds: 1)
        fixture.add("main b", group: "db", seconds: 2)
        fixture.add("read main", group: "db", seconds: 4, isOffCPU: true)
        fixture.append()
        #expect(fixture.milliseconds(0..<10, of: "web") == ["main a": 1_000])
        #expect(fixture.milliseconds(0..<10, of: "db") == ["main b": 2_000])
        #expect(
            fixture.milliseconds(0..<10, of: "db", .wall)
                == ["main b": 2_000, "read main": 4_000]
        )
        #expect(fixture.milliseconds(0..<10, of: "nobody", .wall).isEmpty)
        #expect(fixture.ring.groups == ["web": 1_000_000_000, "db": 2_000_000_000])
    }

    @Test func theOpenWindowBelongsToIt() {
        var fixture = RingFixture()
        fixture.add("main a", seconds: 1)
        fixture.append()
        fixture.add("main a", slice: 0, seconds: 0.5)
        let open = fixture.window([3])
        #expect(fixture.milliseconds(0..<13, open: open) == ["main a": 1_500])
        #expect(fixture.milliseconds(0..<13) == ["main a": 1_000])
    }

    @Test func theProfileSaysWhatItIsOf() {
        var fixture = RingFixture()
        fixture.add("main a", samples: 3, seconds: 1)
        fixture.append()
        let profile = fixture.ring.profile(
            .cpu,
            of: nil,
            in: 4_000_000_000..<60_000_000_000,
            open: nil
        )
        #expect(profile.startNanoseconds == 4_000_000_000)
        #expect(profile.durationNanoseconds == 6_000_000_000)
        #expect(profile.periodNanoseconds == 1_000)
        #expect(profile.samples.first?.labels.group == "web")
        #expect(profile.samples.first?.count == 2)
    }
}
