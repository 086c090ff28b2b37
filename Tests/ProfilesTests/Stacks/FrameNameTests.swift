// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct FrameNameTests {
    private let mapping = ProfileMapping(
        addresses: Address(0x1000)..<Address(0x2000),
        fileOffset: 0x400,
        path: "/usr/bin/busy",
        buildID: "",
        hasFunctions: true
    )

    private func frames(_ lines: [ProfileLocation.Line], mapped: Bool = true) -> [FrameName] {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        let index = mapped ? builder.index(of: mapping) : nil
        _ = builder.index(
            of: ProfileFunction(name: "inner()", systemName: "_Z5innerv", file: "a.c")
        )
        _ = builder.index(of: ProfileFunction(name: "outer()", systemName: "_Z5outerv"))
        let place = ProfileLocation(mapping: index, address: Address(0x1010), lines: lines)
        _ = builder.index(of: place)
        return builder.build().frames(at: place)
    }

    @Test func listsInlinedFunctionsFirst() {
        let frames = frames([.init(function: 0, line: 7), .init(function: 1, line: 0)])
        #expect(frames.map(\.function) == ["inner()", "outer()"])
        #expect(frames.map(\.isInlined) == [true, false])
        #expect(frames.map(\.line) == [7, 0])
        #expect(frames.map(\.file) == ["a.c", ""])
        #expect(frames.map(\.object) == ["busy", "busy"])
    }

    @Test func givesObjectAndFileOffsetWhereThereIsNoFunction() {
        #expect(frames([]).map(\.function) == ["busy+0x410"])
    }

    @Test func saysUnknownWhereThereIsNoMapping() {
        #expect(frames([], mapped: false).map(\.function) == ["[unknown]"])
    }
}
