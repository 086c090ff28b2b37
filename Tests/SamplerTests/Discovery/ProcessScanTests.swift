// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import SystemPackage
import Testing

@testable import Sampler

@Suite struct ProcessScanTests {
    @Test func listsOnlyNumbers() throws {
        let tree = try FixtureTree()
        for name in [
            "1", "42", "2147483647", "2147483648", "99999999999999999999", "self", "4x", "x4", "0",
            "sys", "1 ",
        ] { try tree.makeDirectory(name) }
        var processes = [ProcessID(9)]
        #expect(ProcessScan(root: tree.root).list(into: &processes) == .complete)
        #expect(processes.sorted() == [1, 42, 2_147_483_647].map { ProcessID($0) })
    }

    @Test func listsThreads() throws {
        let tree = try FixtureTree()
        for name in ["12/task/12", "12/task/14", "13/task/13"] { try tree.makeDirectory(name) }
        var threads: [ThreadID] = []
        let scan = ProcessScan(root: tree.root)
        #expect(scan.list(threadsOf: ProcessID(12), into: &threads) == .complete)
        #expect(threads.sorted() == [ThreadID(12), ThreadID(14)])
        #expect(scan.list(threadsOf: ProcessID(99), into: &threads) == .gone)
        #expect(threads.isEmpty)
    }

    @Test func stopsAtItsLimits() throws {
        let tree = try FixtureTree()
        for number in 1...5 {
            try tree.makeDirectory("\(number)")
            try tree.makeDirectory("1/task/\(number)")
        }
        var processes: [ProcessID] = []
        var threads: [ThreadID] = []
        for (limit, outcome) in [(4, ListingOutcome.limitReached), (5, .complete)] {
            let scan = ProcessScan(
                root: tree.root,
                maximumProcesses: limit,
                maximumThreads: limit
            )
            #expect(scan.list(into: &processes) == outcome)
            #expect(processes.count == limit)
            #expect(scan.list(threadsOf: ProcessID(1), into: &threads) == outcome)
            #expect(threads.count == limit)
        }
    }

    @Test func namesOtherErrors() throws {
        let tree = try FixtureTree()
        try tree.write("12/task", "")
        var threads: [ThreadID] = []
        #expect(
            ProcessScan(root: tree.root).list(threadsOf: ProcessID(12), into: &threads)
                == .failed(.notDirectory)
        )
    }

    @Test func findsItselfAndItsChild() throws {
        let child = try ProcChild(["cat"])
        let scan = ProcessScan()
        var processes: [ProcessID] = []
        #expect(scan.list(into: &processes) == .complete)
        #expect(processes.contains(ProcessID(getpid())))
        #expect(processes.contains(child.process))
        var threads: [ThreadID] = []
        #expect(scan.list(threadsOf: child.process, into: &threads) == .complete)
        #expect(threads == [child.leader])
    }
}
