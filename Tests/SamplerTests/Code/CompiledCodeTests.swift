// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct CompiledCodeTests {
    /// A process of a made-up `/proc`, with a perf map that belongs to this test's user.
    private func tree(_ map: String) throws -> FixtureTree {
        let tree = try FixtureTree()
        try tree.write("7/status", "Name:\tjit\nUid:\t0\t0\t0\t0\nNSpid:\t7\t3\n")
        try tree.write("7/root/tmp/perf-3.map", map)
        return tree
    }

    private let start = MonotonicInstant(nanoseconds: 1)

    @Test func namesByTheNumberInTheProcessesOwnNamespace() throws {
        let tree = try tree("1000 10 hot\n")
        let code = CompiledCode(root: tree.path)
        code.renew(ProcessID(7), now: start)
        #expect(code.function(at: 0x1008, of: ProcessID(7))?.name == "hot")
        #expect(code.function(at: 0x1010, of: ProcessID(7)) == nil)
        #expect(code.function(at: 0x1008, of: ProcessID(8)) == nil)
        #expect(code.failures.isEmpty)
    }

    @Test func readsOnAfterATime() throws {
        let tree = try tree("1000 10 hot\n")
        let code = CompiledCode(root: tree.path)
        code.renew(ProcessID(7), now: start)
        try tree.write("7/root/tmp/perf-3.map", "1000 10 hot\n2000 10 new\n")
        code.renew(ProcessID(7), now: start.advanced(byNanoseconds: 1))
        #expect(code.function(at: 0x2000, of: ProcessID(7)) == nil)
        code.renew(
            ProcessID(7),
            now: start.advanced(byNanoseconds: CompiledCode.renewalNanoseconds)
        )
        #expect(code.function(at: 0x2000, of: ProcessID(7))?.name == "new")
    }

    @Test func readsOnAtTheEndWhateverTheTime() throws {
        let tree = try tree("1000 10 hot\n")
        let code = CompiledCode(root: tree.path)
        code.renew(ProcessID(7), now: start)
        try tree.write("7/root/tmp/perf-3.map", "1000 10 hot\n2000 10 new\n")
        code.renewAll(now: start.advanced(byNanoseconds: 1))
        #expect(code.function(at: 0x2000, of: ProcessID(7))?.name == "new")
        #expect(code.function(at: 0x2000, of: ProcessID(8)) == nil)
    }

    @Test func takesNoMapForNoFailure() throws {
        let tree = try FixtureTree()
        try tree.write("7/status", "Name:\tjit\nUid:\t0\t0\t0\t0\nNSpid:\t7\n")
        try tree.makeDirectory("7/root/tmp")
        let code = CompiledCode(root: tree.path)
        code.renew(ProcessID(7), now: start)
        #expect(code.failures.isEmpty)
    }

    @Test func countsAMapOfAnotherUser() throws {
        let tree = try FixtureTree()
        try tree.write("7/status", "Name:\tjit\nUid:\t4242\t4242\t4242\t4242\nNSpid:\t7\n")
        try tree.write("7/root/tmp/perf-7.map", "1000 10 forged\n")
        let code = CompiledCode(root: tree.path)
        code.renew(ProcessID(7), now: start)
        #expect(code.function(at: 0x1000, of: ProcessID(7)) == nil)
        #expect(code.failures == ["foreign_owner": 1])
    }
}
