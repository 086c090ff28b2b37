// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import DebugInformation

@Suite struct LineTableTests {
    /// A stack of a leaf in a file, its caller in the same, and a system call above them.
    private let profile: Profile = {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "x"
        )
        builder.durationNanoseconds = 5
        let program = builder.index(
            of: ProfileMapping(
                addresses: Address(0x4000)..<Address(0x8000),
                fileOffset: 0x1000,
                path: "/bin/a",
                buildID: "0a",
                hasFunctions: true
            )
        )
        let kernel = builder.index(
            of: ProfileMapping(
                addresses: Address(0)..<Address(1),
                fileOffset: 0,
                path: "[kernel]",
                buildID: "",
                hasFunctions: true
            )
        )
        let outer = builder.index(of: ProfileFunction(name: "outer", systemName: "outer"))
        let call = builder.index(of: ProfileFunction(name: "read", systemName: "read"))
        let stack = [
            ProfileLocation(
                mapping: kernel,
                address: Address(0),
                lines: [ProfileLocation.Line(function: call, line: 0)]
            ),
            ProfileLocation(
                mapping: program,
                address: Address(0x4010),
                lines: [ProfileLocation.Line(function: outer, line: 0)]
            ),
            ProfileLocation(mapping: program, address: Address(0x4020), lines: []),
        ]
        .map { builder.index(of: $0) }
        var labels = ProfileSample.Labels()
        labels.process = ProcessID(7)
        builder.add(stack: stack, count: 2, nanoseconds: 20, end: .complete, labels: labels)
        return builder.build()
    }()

    private var table: LineTable { LineTable(profile) { "/proc/\($0)/root" } }

    private func frame(_ name: String, _ line: UInt32) -> SourceFrame {
        var frame = SourceFrame()
        (frame.name, frame.systemName, frame.file, frame.line) = (name, name, "a.c", line)
        return frame
    }

    /// The frames of the profile's only stack as `name file:line`, the leaf first.
    private func stack(_ profile: Profile) -> [String] {
        (profile.samples.first?.stack ?? []).flatMap { profile.frames(at: profile.locations[$0]) }
            .map { "\($0.function) \($0.file):\($0.line)\($0.isInlined ? " inlined" : "")" }
    }

    @Test func asksOfFilesAlone() {
        #expect(
            table.questions == [
                LineQuestion(
                    path: "/bin/a",
                    buildID: "0a",
                    roots: ["/proc/7/root", "/"],
                    offsets: [0x1010, 0x1020]
                )
            ]
        )
    }

    @Test func withoutAnswersTheProfileStaysAsItIs() {
        let filled = table.fill(profile, inlines: true)
        #expect(stack(filled) == stack(profile))
        #expect(filled.samples == profile.samples)
    }

    @Test func aFunctionKeepsTheNameOfItsSymbol() {
        var table = table
        table.add(
            [
                .init(offset: 0x1010, frames: [frame("leaf", 2), frame("other_name", 6)]),
                .init(offset: 0x1020, frames: [frame("main", 9)]),
            ],
            to: 0
        )
        table.add([.init(offset: 0x1010, frames: [])], to: 1)
        let filled = table.fill(profile, inlines: true)
        #expect(
            stack(filled) == ["read :0", "leaf a.c:2 inlined", "outer a.c:6", "main a.c:9"]
        )
        #expect(filled.nanoseconds == profile.nanoseconds)
        #expect(filled.durationNanoseconds == 5)
        #expect(filled.samples.first?.labels == profile.samples.first?.labels)
        #expect(
            stack(table.fill(profile, inlines: false)) == ["read :0", "outer a.c:6", "main a.c:9"]
        )
    }

    @Test("A line without a function's name gives no name")
    func nameless() {
        var table = table
        table.add([.init(offset: 0x1010, frames: [frame("", 3)])], to: 0)
        table.add([.init(offset: 0x1020, frames: [frame("", 4)])], to: 0)
        #expect(
            stack(table.fill(profile, inlines: true)) == ["read :0", "outer a.c:3", "a+0x1020 :0"]
        )
    }
}
