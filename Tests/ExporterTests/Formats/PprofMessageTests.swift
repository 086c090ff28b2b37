// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("PprofMessage")
struct PprofMessageTests {
    private func message(
        _ profile: Profile,
        labels: Set<PprofFormat.Label> = [.group]
    ) -> PprofProfile {
        PprofMessage(profile, labels: labels, limits: PprofFormat.Limits()).message
    }

    private static let profiles = [
        SampleProfiles.busy, SampleProfiles.wall, SampleProfiles.empty,
        SampleProfiles.random(stacks: 300, seed: 4),
    ]

    @Test("keeps the rules of all readers", arguments: profiles)
    func rules(profile: Profile) {
        #expect(PprofRules.violations(of: message(profile)) == [])
        let all = Set(PprofFormat.Label.allCases)
        #expect(PprofRules.violations(of: message(profile, labels: all)) == [])
    }

    @Test("a broken rule is found: the test above can fail")
    func brokenRules() {
        let good = message(SampleProfiles.busy, labels: Set(PprofFormat.Label.allCases))
        let faults: [(inout PprofProfile) -> Void] = [
            { $0.stringTable[0] = "x" },
            { $0.sampleType.swapAt(0, 1) },
            { $0.defaultSampleType = 0 },
            { $0.location[1].id = 1 },
            { $0.function[0].name = 1 << 40 },
            { $0.mapping[1].hasFunctions_p = false },
            { $0.mapping.swapAt(0, 1) },
            { $0.location[0].address = 1 },
            { $0.location[0].line[0].functionID = 0 },
            { $0.sample[0].value.removeLast() },
            { $0.sample[0].value = [0, 0] },
            { $0.sample[0].value[0] = -1 },
            { $0.sample[0].locationID = [] },
            { $0.sample[0].label.reverse() },
            { $0.sample[0].label[0].num = 4 },
            { $0.timeNanos = 0 },
        ]
        for (index, fault) in faults.enumerated() {
            var bad = good
            fault(&bad)
            #expect(!PprofRules.violations(of: bad).isEmpty, "fault \(index)")
        }
    }

    @Test("inlined functions are lines of one location, the innermost first")
    func inlined() throws {
        let message = message(SampleProfiles.busy)
        let location = try #require(message.location.first { $0.line.count == 2 })
        let names = location.line.map { line in
            message.stringTable[Int(message.function[Int(line.functionID) - 1].name)]
        }
        #expect(names == ["hot_thirty", "outer"])
        #expect(location.line.map(\.line) == [42, 0])
        let mapping = message.mapping[Int(location.mappingID) - 1]
        #expect(mapping.hasInlineFrames_p && mapping.hasLineNumbers_p && mapping.hasFilenames_p)
    }

    @Test("a mapping without names does not say that it has them")
    func unnamed() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: ""
        )
        let mapping = builder.index(
            of: ProfileMapping(
                addresses: Address(0x1000)..<Address(0x2000),
                fileOffset: 0,
                path: "/a",
                buildID: "ab",
                hasFunctions: false
            )
        )
        let inside = ProfileLocation(mapping: mapping, address: Address(0x1800), lines: [])
        let outside = ProfileLocation(mapping: mapping, address: Address(0x2800), lines: [])
        let stack = [builder.index(of: inside), builder.index(of: outside)]
        builder.add(stack: stack, count: 1, nanoseconds: UInt64.max, end: .complete)
        let message = message(builder.build())
        #expect(PprofRules.violations(of: message) == [])
        #expect(message.mapping.map(\.hasFunctions_p) == [true, false])
        #expect(message.stringTable[Int(message.mapping[1].buildID)] == "ab")
        // One can be named later, by the file; of the other not even the file is known.
        #expect(message.location.map(\.mappingID) == [2, 0])
        #expect(message.location.map(\.line.count) == [0, 1])
        // A time that the format cannot count is the longest that it can.
        #expect(message.sample[0].value == [1, Int64.max])
    }
}
