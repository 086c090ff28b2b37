// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

/// What becomes of real children from scan to scan; the clock is the test's.
@Suite struct TargetWatchTests {
    private static let start = MonotonicInstant.now()

    private func watch(_ selection: TargetSelection) -> TargetWatch { .plain(selection) }

    private func second(_ number: UInt64) -> MonotonicInstant {
        Self.start.advanced(byNanoseconds: number * 1_000_000_000)
    }

    @Test func aChildComesOnceAndGoesOnce() async throws {
        var child = try ProcChild(["cat"])
        let process = child.process
        let watch = watch(.all)
        let first = await watch.refresh(now: second(0))
        #expect(first.added.count { $0.id == process } == 1)
        let second = await watch.refresh(now: second(1))
        #expect(!second.added.contains { $0.id == process })
        #expect(!second.removed.contains(process))
        child.end()
        // Nothing has to begin for an end to be seen, once the lists are read again.
        let third = await watch.refresh(now: self.second(60))
        #expect(third.removed.count { $0 == process } == 1)
        #expect(await !watch.refresh(now: self.second(120)).removed.contains(process))
    }

    @Test func aProcessThatBeginsIsSeenAtTheNextScan() async throws {
        let watch = watch(.all)
        _ = await watch.refresh(now: second(0))
        let child = try ProcChild(["cat"])
        let process = child.process
        let changes = await watch.refresh(now: second(1))
        #expect(changes.added.contains { $0.id == process })
        #expect(await watch.census.sampled > 0)
    }

    @Test func anExecMovesAProcessToItsNewGroup() async throws {
        let tree = try FixtureTree()
        let child = try ProcChild([
            "sh", "-c", "until test -e \(tree.path)/go; do sleep 0.01; done; exec cat",
        ])
        let process = child.process
        let watch = watch(.listed([process]))
        let before = await watch.refresh(now: second(0)).added.map(\.group)
        #expect(before.count == 1)
        try tree.write("go", "")
        var reader = ProcReader()
        let renamed = eventually {
            reader.stat(of: process).value?.command == "cat" ? true : nil
        }
        #expect(renamed == true)
        let after = await watch.refresh(now: second(61)).added.map(\.group)
        #expect(after.count == 1)
        #expect(before != after)
    }

    @Test func theAgentItselfIsExcluded() async throws {
        let watch = watch(.listed([ProcessID(getpid())]))
        #expect(await watch.refresh(now: second(0)).added.isEmpty)
        let census = await watch.census
        #expect(census.excluded == 1)
        #expect(census.sampled == 0)
    }
}
