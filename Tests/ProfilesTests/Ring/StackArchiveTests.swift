// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct StackArchiveTests {
    @Test func equalPartsHaveOneNumber() {
        var archive = StackArchive()
        let function = ProfileFunction(name: "f", systemName: "_f")
        let numbers = [archive.number(of: function), archive.number(of: function)]
        #expect(numbers == [0, 0])
        let stacks = ["[kernel]", "[kernel]", "[other]"].map { archive.reserved($0) }
        #expect(stacks[0] == stacks[1])
        #expect(stacks[1] != stacks[2])
        #expect(archive.nodeCount == 2)
    }

    @Test func labelsBeyondTheLimitAreTheGroupsAlone() {
        var limits = StackArchive.Limits()
        limits.labels = 2
        var archive = StackArchive(limits: limits)
        var labels = ProfileSample.Labels()
        labels.group = "web"
        for process in 1...9 {
            labels.process = ProcessID(Int32(process))
            labels.threadName = "worker"
            let number = archive.number(of: labels)
            let kept = archive.labels(number)
            #expect(kept.group == "web")
            #expect((kept.process == nil) == (process > 2))
            #expect((kept.threadName == nil) == (process > 2))
        }
    }

    @Test func stacksBeyondTheLimitAreCounted() {
        var limits = StackArchive.Limits()
        limits.nodes = 1
        var archive = StackArchive(limits: limits)
        let (first, second) = (archive.reserved("[kernel]"), archive.reserved("[other]"))
        #expect(first != nil)
        #expect(second == nil)
        #expect(archive.overflows == 1)
    }

    @Test func memoryIsCounted() {
        var archive = StackArchive()
        let before = archive.byteCount
        _ = archive.number(
            of: ProfileFunction(name: String(repeating: "x", count: 1_000), systemName: "y")
        )
        #expect(archive.byteCount > before + 1_000)
    }
}
