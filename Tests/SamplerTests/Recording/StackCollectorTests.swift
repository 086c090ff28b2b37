// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

/// Copies made by hand; `RecorderTests` collects real ones.
@Suite struct StackCollectorTests {
    private let process = ProcessID(getpid())

    private func collector(nodes: Int = 100) -> StackCollector {
        StackCollector(
            root: "/proc",
            limits: StackCollector.Limits(
                nodes: nodes,
                code: CodeLimits(imageBytes: 1 << 26, tableBytes: 1 << 26)
            )
        )
    }

    private func found(at program: UInt64, in call: SystemCallNumber? = nil) -> FoundStack {
        FoundStack(
            process: process,
            thread: ThreadID(leaderOf: process),
            systemCall: call,
            copy: StackCopy(
                registers: .pointers(stack: Address(0x1000), program: Address(program)),
                base: Address(0x1000),
                bytes: []
            )
        )
    }

    @Test func keepsEachStackOnce() {
        var collector = collector()
        let first = collector.collect(found(at: 8), now: .now())
        let again = collector.collect(found(at: 8), now: .now())
        let other = collector.collect(found(at: 16), now: .now())
        #expect(first.stack == again.stack)
        #expect(first.stack != other.stack)
        #expect(first.end == .broken(.unmapped))
    }

    @Test func putsTheCallBelowTheFrames() throws {
        var collector = collector()
        let outcome = collector.collect(found(at: 8, in: SystemCallNumber(0)), now: .now())
        guard case .stack(let node, _) = outcome.stack else {
            Issue.record("no stack")
            return
        }
        #expect(
            collector.trie.frames(of: node) == [.systemCall(SystemCallNumber(0)), .unmapped(8)]
        )
    }

    @Test func aFullTrieGivesOther() {
        var collector = collector(nodes: 1)
        _ = collector.collect(found(at: 8), now: .now())
        let second = collector.collect(found(at: 16), now: .now())
        #expect(second.stack == .other)
        #expect(collector.trie.overflows == 1)
    }

    @Test func letsGoOfStacksThatAreNotNeeded() throws {
        var collector = StackCollector(
            root: "/proc",
            limits: StackCollector.Limits(nodes: 100, spareNodes: 10)
        )
        let kept = collector.collect(found(at: 8, in: SystemCallNumber(0)), now: .now()).stack
        #expect(!collector.isCrowded)
        for address in 100..<120 as Range<UInt64> {
            _ = collector.collect(found(at: address), now: .now())
        }
        #expect(collector.isCrowded)
        let moved = collector.keep([kept, .kernel])
        #expect(!collector.isCrowded)
        #expect(collector.trie.count == 2)
        guard case .stack(let node, let end) = try #require(moved[kept]) else {
            Issue.record("no stack")
            return
        }
        #expect(end == .broken(.unmapped))
        #expect(
            collector.trie.frames(of: node) == [.systemCall(SystemCallNumber(0)), .unmapped(8)]
        )
        #expect(moved[.kernel] == nil)
    }

    @Test func remembersWhatFoundNoRoom() {
        var collector = collector(nodes: 1)
        _ = collector.collect(found(at: 8), now: .now())
        _ = collector.collect(found(at: 16), now: .now())
        _ = collector.keep([])
        #expect(collector.overflows == 1)
    }
}
