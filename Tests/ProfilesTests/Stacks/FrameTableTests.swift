// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite
struct FrameTableTests {
    @Test func givesEachFunctionOfAnObjectOneRow() {
        var fixture = StackFixture()
        fixture.add("main outer+inner")
        fixture.add("main outer inner")
        let profile = fixture.build()
        let table = FrameTable(profile)
        #expect(table.rows.map(\.function) == ["main", "outer", "inner"])
        #expect(table.rows.map(\.object) == ["busy", "busy", "busy"])
        let paths = profile.samples.map { table.path(of: $0) }
        #expect(paths.map { $0.map(\.row) } == [[0, 1, 2], [0, 1, 2]])
        #expect(paths[0].map(\.isInlined) == [false, false, true])
        #expect(paths[1].map(\.isInlined) == [false, false, false])
    }

    @Test func keepsTheFirstFileThatIsKnown() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        for file in ["", "a.c", "b.c"] {
            let function = ProfileFunction(name: "f", systemName: "f", file: file)
            let line = ProfileLocation.Line(function: builder.index(of: function), line: 1)
            _ = builder.index(
                of: ProfileLocation(mapping: nil, address: Address(1), lines: [line])
            )
        }
        let table = FrameTable(builder.build())
        #expect(table.rows.count == 1)
        #expect(table.files == ["a.c"])
    }
}
