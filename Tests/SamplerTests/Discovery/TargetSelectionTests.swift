// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct TargetSelectionTests {
    @Test func listsAllOrThoseGiven() throws {
        let tree = try FixtureTree()
        for name in ["3", "4"] { try tree.makeDirectory(name) }
        let scan = ProcessScan(root: tree.root, maximumProcesses: 2)
        var processes: [ProcessID] = []
        #expect(TargetSelection.all.list(with: scan, into: &processes) == .complete)
        #expect(processes.sorted() == [ProcessID(3), ProcessID(4)])
        let two = [ProcessID(9), ProcessID(3)]
        #expect(TargetSelection.listed(two).list(with: scan, into: &processes) == .complete)
        #expect(processes == two)
        #expect(
            TargetSelection.listed(two + [ProcessID(4)]).list(with: scan, into: &processes)
                == .limitReached
        )
        #expect(processes == two)
    }

    @Test func listsATreeThatGrowsAndKeepsOrphans() throws {
        let tree = try FixtureTree()
        try tree.write("1/stat", statLine(1, parent: 0))
        try tree.write("10/stat", statLine(10, parent: 1))
        try tree.write("11/stat", statLine(11, parent: 10))
        try tree.write("20/stat", statLine(20, parent: 1))
        let scan = ProcessScan(root: tree.root)
        let selection = TargetSelection.trees([ProcessID(10)])
        var processes: [ProcessID] = []
        #expect(selection.list(with: scan, into: &processes) == .complete)
        #expect(processes.sorted() == [ProcessID(10), ProcessID(11)])
        // Its parent ends, and the first process takes it over.
        try tree.remove("10")
        try tree.write("11/stat", statLine(11, parent: 1))
        try tree.write("12/stat", statLine(12, parent: 11))
        #expect(selection.list(with: scan, into: &processes) == .complete)
        #expect(processes.sorted() == [ProcessID(11), ProcessID(12)])
    }

    @Test func listsByTheNameThatTheKernelKeeps() throws {
        let tree = try FixtureTree()
        try tree.write("3/stat", statLine(3, command: "worker"))
        try tree.write("4/stat", statLine(4, command: "workers"))
        try tree.write("5/stat", statLine(5, command: "fifteen-letters"))
        let scan = ProcessScan(root: tree.root)
        var processes: [ProcessID] = []
        #expect(TargetSelection.named("worker").list(with: scan, into: &processes) == .complete)
        #expect(processes == [ProcessID(3)])
        _ = TargetSelection.named("fifteen-letters-and-more").list(with: scan, into: &processes)
        #expect(processes == [ProcessID(5)])
    }
}
