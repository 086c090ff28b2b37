// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct FrameNamesTests {
    private let region = MappedCode(
        process: ProcessID(7),
        mapping: anonymousCode(0x1000..<0x2000)
    ) { _ in .none }

    /// The names of frames, through a profile.
    private func names(_ frames: [RecordedFrame], compiled: CompiledCode) -> [String] {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        var names = FrameNames(compiled: compiled)
        let stack = frames.map { names.location($0, [region], in: &builder) }
        let reserved = names.reserved("[unsampled]", in: &builder)
        let profile = builder.build()
        return (stack + [reserved]).map {
            profile.frames(at: profile.locations[$0]).map(\.function).joined(separator: "|")
        }
    }

    @Test func namesWhatIsNoCodeOfAFile() {
        let frames: [RecordedFrame] = [
            .systemCall(SystemCallNumber(0)), .unmapped(0x99), .code(region: 0, address: 0x1010),
        ]
        let found = names(frames, compiled: CompiledCode(root: "/no/such/directory"))
        #expect(found.first == SystemCallNumber(0).name)
        #expect(found.dropFirst() == ["[unknown]", "[anonymous]+0x10", "[unsampled]"])
    }

    @Test func namesCompiledCodeByItsMap() throws {
        let tree = try FixtureTree()
        try tree.write("7/status", "Name:\tjit\nUid:\t0\t0\t0\t0\nNSpid:\t7\n")
        try tree.write("7/root/tmp/perf-7.map", "1000 40 hot loop\n")
        let compiled = CompiledCode(root: tree.path)
        compiled.renew(ProcessID(7), now: MonotonicInstant(nanoseconds: 1))
        let found = names([.code(region: 0, address: 0x1010)], compiled: compiled)
        #expect(found == ["hot loop", "[unsampled]"])
    }

    @Test func givesAFrameOneLocation() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        var names = FrameNames(compiled: CompiledCode(root: "/no/such/directory"))
        let frame = RecordedFrame.code(region: 0, address: 0x1010)
        let first = names.location(frame, [region], in: &builder)
        let second = names.location(frame, [region], in: &builder)
        #expect(first == second)
    }
}
