// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite
struct FunctionTableTests {
    private func lines(_ profile: Profile) -> [String] {
        FunctionTable(profile).rows.map {
            "\($0.function) \($0.own.samples)/\($0.total.samples)"
        }
    }

    @Test func addsUpWhereverAFunctionWasCalledFrom() {
        var fixture = StackFixture()
        fixture.add("main f g", samples: 2)
        fixture.add("start g", samples: 3)
        fixture.add("main f", samples: 4)
        let profile = fixture.build()
        #expect(lines(profile) == ["g 5/5", "f 4/6", "main 0/6", "start 0/3"])
        #expect(FunctionTable(profile).weight.samples == 9)
        #expect(FunctionTable(profile).weight.nanoseconds == 90)
    }

    @Test func countsRecursionOnce() {
        var fixture = StackFixture()
        fixture.add("f f g f", samples: 7)
        #expect(lines(fixture.build()) == ["f 7/7", "g 0/7"])
    }

    @Test func countsStacksWithoutTheirCallersWithTheirLeaf() {
        var fixture = StackFixture()
        fixture.add("f", end: .broken(.noRule))
        fixture.add("", end: .truncated(.copyEnd))
        #expect(lines(fixture.build()) == ["[unknown] 1/1", "f 1/1"])
    }

    @Test func leavesOutWhatNoStackHas() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        _ = builder.index(of: ProfileLocation(mapping: nil, address: Address(1), lines: []))
        #expect(FunctionTable(builder.build()).rows.isEmpty)
    }
}
