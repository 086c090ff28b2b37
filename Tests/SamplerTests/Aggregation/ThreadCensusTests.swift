// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct ThreadCensusTests {
    private let process = ProcessID(12)

    private func status(_ state: String, _ voluntary: Int, _ involuntary: Int) -> String {
        """
        Name:\tapp
        State:\t\(state)
        voluntary_ctxt_switches:\t\(voluntary)
        nonvoluntary_ctxt_switches:\t\(involuntary)

        """
    }

    private func renew(
        _ census: inout ThreadCensus,
        _ tree: borrowing FixtureTree
    ) -> SwitchCounts? {
        var reader = ProcReader(root: tree.root)
        var list: [ThreadID] = []
        let scan = ProcessScan(root: tree.root)
        return census.renew(of: process, with: scan, list: &list, &reader)
    }

    @Test func countsStatesAndWhatWasAdded() throws {
        let tree = try FixtureTree()
        try tree.write("12/task/12/status", status("S (sleeping)", 100, 10))
        try tree.write("12/task/13/status", status("R (running)", 200, 20))
        try tree.write("12/task/14/status", status("D (disk sleep)", 300, 30))
        var census = ThreadCensus()
        let first = renew(&census, tree)
        #expect(first == SwitchCounts(voluntary: 0, involuntary: 0))
        #expect(census.states.entries.map(\.count) == [1, 1, 1, 0, 0])
        // One goes on, one has ended, one's number is another thread's now, and one is new.
        try tree.write("12/task/12/status", status("T (stopped)", 105, 11))
        try tree.remove("12/task/13")
        try tree.write("12/task/14/status", status("S (sleeping)", 3, 1))
        try tree.write("12/task/15/status", status("S (sleeping)", 7, 2))
        let second = renew(&census, tree)
        #expect(second == SwitchCounts(voluntary: 12, involuntary: 3))
        #expect(census.states.entries.map(\.count) == [0, 2, 0, 1, 0])
    }

    @Test func whatIsMissingIsPassedOver() throws {
        let tree = try FixtureTree()
        var census = ThreadCensus()
        let gone = renew(&census, tree)
        #expect(gone == nil)
        // As gVisor writes it.
        try tree.write("12/task/12/status", "Name:\tapp\nState:\tS (sleeping)\n")
        let bare = renew(&census, tree)
        #expect(bare == SwitchCounts(voluntary: 0, involuntary: 0))
        #expect(census.states.entries.map(\.count) == [0, 1, 0, 0, 0])
    }
}
