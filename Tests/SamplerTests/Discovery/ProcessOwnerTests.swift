// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ProcessOwnerTests {
    private func owner(_ user: UInt32?) -> ProcessOwner {
        ProcessOwner(startTime: StartTime(ticks: 1), user: user)
    }

    @Test(
        arguments: [
            // The owner, who asks, and whether that is enough.
            (1_000, 1_000, true), (1_000, 0, true), (0, 0, true), (nil, 0, true),
            (1_000, 1_001, false), (0, 1_000, false), (nil, 1_000, false),
            // The number of everybody that has none here.
            (65_534, 65_534, false), (65_534, 0, true),
        ] as [(UInt32?, UInt32, Bool)]
    )
    func permitsRootAndTheOwner(user: UInt32?, asking: UInt32, isPermitted: Bool) {
        #expect(owner(user).permits(asking) == isPermitted)
    }

    @Test func aChildIsItsParentsUsers() throws {
        let child = try ProcChild(["cat"])
        var reader = ProcReader()
        let found = ProcessOwner.read(child.process, with: &reader, scan: ProcessScan())
        let stat = try #require(reader.stat(of: child.process).value)
        #expect(found == ProcessOwner(startTime: stat.startTime, user: getuid()))
    }

    @Test func idsThatDifferAreNobodys() throws {
        let tree = try FixtureTree()
        let numbers = ["1", "5", "5"] + Array(repeating: "0", count: 46)
        let stat = "5 (x) S \(numbers.joined(separator: " "))\n"
        for thread in [5, 6] {
            // The second thread has kept a way back to root.
            let saved = thread == 6 ? 0 : 1_000
            let status = "Name:\tx\nTgid:\t5\nUid:\t1000\t1000\t\(saved)\t1000\n"
            try tree.write("\(thread)/status", status)
            try tree.write("\(thread)/stat", stat)
            try tree.write("5/task/\(thread)/status", status)
        }
        let root = ProcRoot(tree.path)
        var reader = ProcReader(root: root)
        let found = ProcessOwner.read(
            ProcessID(5),
            with: &reader,
            scan: ProcessScan(root: root)
        )
        #expect(found?.user == nil)
        #expect(found != nil)
        #expect(
            ProcessOwner.read(ProcessID(7), with: &reader, scan: ProcessScan(root: root)) == nil
        )
    }
}
