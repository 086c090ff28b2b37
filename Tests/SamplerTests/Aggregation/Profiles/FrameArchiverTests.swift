// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct FrameArchiverTests {
    private let process = ProcessID(getpid())

    private var ownCode: UInt64 {
        let function: @convention(c) () -> pid_t = getpid
        return UInt64(UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self)))
    }

    /// The profile of one stack, archived twice.
    private func profile(
        at program: UInt64,
        under call: SystemCallNumber? = nil
    ) throws -> (profile: Profile, nodes: Int) {
        var stacks = StackReader(
            root: "/proc",
            limits: CodeLimits(imageBytes: 1 << 24, tableBytes: 1 << 24)
        )
        let found = FoundStack(
            process: process,
            thread: ThreadID(leaderOf: process),
            systemCall: call,
            copy: StackCopy(
                registers: .pointers(stack: Address(0x1000), program: Address(program)),
                base: Address(0x1000),
                bytes: []
            )
        )
        var ring = ProfileRing(limits: ProfileRing.Limits(bytes: 1 << 20))
        var archiver = FrameArchiver()
        var draft = ProfileDraft()
        for _ in 0..<2 {
            let read = stacks.read(found, now: .now())
            let end = try #require(read)
            let stack = archiver.archive(stacks, under: call, end, in: &ring.archive)
            var labels = ProfileSample.Labels()
            labels.group = "x"
            draft.add(
                try #require(stack),
                orTo: nil,
                labels: ring.archive.number(of: labels),
                slice: nil,
                SeriesAmount(samples: 1, seconds: 1)
            )
        }
        ring.append(
            ProfileWindow(
                startNanoseconds: 0,
                sliceEnds: [10],
                periodNanoseconds: 1,
                draft: draft
            )
        )
        return (ring.profile(.cpu, of: nil, in: 0..<10, open: nil), ring.archive.nodeCount)
    }

    @Test func addressesAreThoseOfTheFile() throws {
        let (profile, nodes) = try profile(at: ownCode)
        let sample = try #require(profile.samples.first)
        #expect(profile.samples.count == 1)
        #expect(sample.count == 2)
        #expect(nodes == sample.stack.count)
        let location = profile.locations[try #require(sample.stack.first)]
        let mapping = profile.mappings[try #require(location.mapping)]
        #expect(mapping.addresses.contains(location.address))
        #expect(location.address.rawValue < ownCode, "libc is mapped above its own addresses")
        #expect(mapping.object.hasPrefix("libc"))
        #expect(mapping.hasFunctions)
        #expect(!mapping.buildID.isEmpty)
        let function = profile.functions[try #require(location.lines.first).function]
        #expect(function.name.contains("getpid"))
        // The file's byte is where the function is in the file.
        #expect(mapping.fileOffset(of: location.address) != nil)
    }

    @Test func aCallIsTheInnermostFrame() throws {
        let (profile, _) = try profile(at: ownCode, under: SystemCallNumber(0))
        let sample = try #require(profile.samples.first)
        let leaf = profile.locations[try #require(sample.stack.first)]
        #expect(leaf.lines.map { profile.functions[$0.function].name } == ["read"])
        #expect(leaf.mapping.map { profile.mappings[$0].path } == "[kernel]")
        #expect(sample.stack.count >= 2)
    }

    @Test func anAddressThatIsNoCodeIsKeptAsItIs() throws {
        let (profile, _) = try profile(at: 8)
        let sample = try #require(profile.samples.first)
        #expect(sample.end == .broken(.unmapped))
        #expect(sample.stack.map { profile.locations[$0].address } == [Address(8)])
        #expect(sample.stack.allSatisfy { profile.locations[$0].mapping == nil })
    }
}
