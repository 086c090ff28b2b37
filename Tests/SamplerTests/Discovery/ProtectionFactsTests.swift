// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ProtectionFactsTests {
    private let process = ProcessID(12)

    private func read(_ files: [String: String]) throws -> ProcReading<ProtectionFacts> {
        let tree = try FixtureTree()
        for (name, text) in files { try tree.write("12/" + name, text) }
        var reader = ProcReader(root: tree.root)
        return ProtectionFacts.read(
            process,
            with: &reader,
            marks: ControlGroupMarks(mount: tree.path)
        )
    }

    @Test func readsATree() throws {
        let facts = try #require(
            try read([
                "stat": statLine(command: "app"),
                "status": "Name:\tapp\nTracerPid:\t77\nUid:\t5\t6\t7\t8\n",
                "environ": "A=b\0PTARMIGAN=off\0", "cgroup": "0::/a\n",
            ]).value
        )
        #expect(facts.command == "app")
        #expect(facts.effectiveUser == 6)
        #expect(facts.fileOwner == geteuid())
        #expect(facts.tracer == ThreadID(77))
        #expect(facts.isOptedOutByEnvironment)
        #expect(!facts.isOptedOutByControlGroup)
        #expect(!facts.isKernelThread)
    }

    @Test func aKernelThreadIsKnownByItsStat() throws {
        let facts = try read(["stat": statLine(command: "kworker/0:1", flags: 0x200000)]).value
        #expect(facts?.isKernelThread == true)
    }

    @Test func tellsOutcomesApart() throws {
        #expect(try read([:]) == .gone)
        #expect(try read(["stat": "?"]) == .unreadable)
    }

    @Test func readsAChild() throws {
        var reader = ProcReader()
        let child = try ProcChild(["cat"])
        let facts = try #require(
            ProtectionFacts.read(
                child.process,
                with: &reader,
                marks: ControlGroupMarks()
            ).value
        )
        #expect(facts.tracer == nil)
        #expect(!facts.isOptedOutByEnvironment)
        #expect(facts.effectiveUser == geteuid())
        #expect(!facts.isKnownNonDumpable)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can start a program as another user"))
    func seesAChildThatIsNotDumpable() throws {
        // A change of user clears the flag until the next exec, which perl does not do.
        let script = "$) = 65534; $> = 65534; $| = 1; <STDIN>"
        let child = try ProcChild(["perl", "-e", script])
        var reader = ProcReader()
        let process = child.process
        let facts = eventually { () -> ProtectionFacts? in
            let facts = ProtectionFacts.read(
                process,
                with: &reader,
                marks: ControlGroupMarks()
            ).value
            return facts?.effectiveUser == 65_534 ? facts : nil
        }
        #expect(facts?.fileOwner == 0)
        #expect(facts?.isKnownNonDumpable == true)
    }
}
