// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct ProfileMergeTests {
    /// A profile of one stack in one function of one build.
    private func profile(
        kind: Profile.Kind = .cpu,
        start: UInt64 = 100,
        duration: UInt64 = 50,
        period: UInt64 = 10,
        target: String = "busy",
        build: String = "aa",
        samples: UInt64 = 1
    ) -> Profile {
        var builder = ProfileBuilder(
            kind: kind,
            startNanoseconds: start,
            periodNanoseconds: period,
            target: target
        )
        builder.durationNanoseconds = duration
        let mapping = builder.index(
            of: ProfileMapping(
                addresses: Address(0)..<Address(64),
                fileOffset: 0,
                path: "/bin/busy",
                buildID: build,
                hasFunctions: true
            )
        )
        let function = builder.index(of: ProfileFunction(name: "f", systemName: "f"))
        let location = builder.index(
            of: ProfileLocation(
                mapping: mapping,
                address: Address(1),
                lines: [ProfileLocation.Line(function: function, line: 7)]
            )
        )
        builder.add(stack: [location], count: samples, nanoseconds: samples * 10, end: .complete)
        return builder.build()
    }

    @Test func addsEqualStacksUp() throws {
        let merged = try Profile.merged([profile(samples: 2), profile(start: 70, samples: 3)])
        #expect(merged.samples.map(\.count) == [5])
        #expect(merged.nanoseconds == 50)
        #expect(merged.functions.count == 1 && merged.mappings.count == 1)
        #expect(merged.startNanoseconds == 70)
        #expect(merged.durationNanoseconds == 100)
        #expect(merged.target == "busy")
    }

    @Test func keepsBuildsApart() throws {
        let merged = try Profile.merged([profile(), profile(build: "bb")])
        #expect(merged.mappings.map(\.buildID) == ["aa", "bb"])
        #expect(merged.samples.count == 2)
        #expect(merged.locations.map(\.mapping) == [0, 1])
        #expect(merged.locations.allSatisfy { $0.lines.first?.line == 7 })
    }

    @Test func namesAFewTargets() throws {
        let names = ["a", "b", "a", "c", "d", "e"]
        #expect(
            try Profile.merged(names.map { profile(target: $0) }).target == "a, b, c and 2 more"
        )
    }

    @Test func takesTheTimeThatIsKnown() throws {
        let merged = try Profile.merged([profile(start: 0), profile(start: 9, period: 20)])
        #expect(merged.startNanoseconds == 9)
        #expect(merged.periodNanoseconds == 20)
    }

    @Test func leavesOneProfileAsItIs() throws {
        #expect(try Profile.merged([profile()]) == profile())
    }

    @Test func refusesWhatIsOfDifferentThings() {
        #expect(throws: ProfileMergeFailure.nothing) { try Profile.merged([]) }
        #expect(throws: ProfileMergeFailure.kinds) {
            try Profile.merged([profile(), profile(kind: .wall)])
        }
        #expect(throws: ProfileMergeFailure.clocks) {
            try Profile.merged([profile(), profile(duration: 0, period: 0)])
        }
    }
}
