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
}
