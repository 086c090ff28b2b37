// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct TargetCheckTests {
    private func check(
        _ process: ProcessID,
        root: ProcRoot = ProcRoot(),
        policy: ProtectionPolicy = ProtectionPolicy()
    ) -> TargetCheck {
        var reader = ProcReader(root: root)
        let agent = AgentSurroundings(process: ProcessID(getpid()))
        return TargetCheck.check(
            process,
            policy: policy,
            beside: agent,
            with: &reader,
            marks: ControlGroupMarks()
        )
    }

    @Test func allowsAChild() throws {
        let child = try ProcChild(["cat"])
        #expect(check(child.process) == .allowed(child.process))
    }

    @Test func knowsWhatHasEnded() throws {
        var child = try ProcChild(["cat"])
        let process = child.process
        child.becomeZombie()
        guard case .exited(process, _) = check(process) else {
            Issue.record("\(check(process))")
            return
        }
        child.end()
        #expect(check(process) == .noSuchProcess(process))
        #expect(check(ProcessID(0)) == .noSuchProcess(ProcessID(0)))
        #expect(check(ProcessID(-1)) == .noSuchProcess(ProcessID(-1)))
    }

    @Test func refusesTheAgentAndProcessOne() {
        guard case .protected(_, _, .agent) = check(ProcessID(getpid())) else {
            Issue.record("\(check(ProcessID(getpid())))")
            return
        }
        guard case .protected(_, _, .firstProcess) = check(ProcessID(1)) else {
            Issue.record("\(check(ProcessID(1)))")
            return
        }
    }

    @Test func refusesWhoOptedOut() throws {
        let child = try ProcChild(["cat"], environment: ["PATH=/usr/bin:/bin", "PTARMIGAN=off"])
        let process = child.process
        let refused = eventually { () -> Bool? in
            if case .protected(_, _, .environment) = check(process) { return true }
            return nil
        }
        #expect(refused == true)
    }

    @Test func readsTheRestFromATree() throws {
        let tree = try FixtureTree()
        try tree.write("12/status", "Name:\tpool\nTgid:\t10\n")
        try tree.write("20/status", "Name:\tkworker\nTgid:\t20\n")
        try tree.write("20/stat", statLine(20, command: "kworker", flags: 0x200000))
        try tree.write(
            "30/status",
            "Name:\tapp\nTgid:\t30\nTracerPid:\t40\nUid:\t0\t\(geteuid())\t0\t0\n"
        )
        try tree.write("30/stat", statLine(30, command: "app"))
        try tree.write("40/stat", statLine(40, command: "gdb"))
        try tree.write("50/stat", "?")
        try tree.write("50/status", "Name:\tx\n")
        #expect(
            check(ProcessID(12), root: tree.root)
                == .isThread(ThreadID(12), of: ProcessID(10))
        )
        #expect(
            check(ProcessID(20), root: tree.root)
                == .kernelThread(ProcessID(20), command: "kworker")
        )
        #expect(
            check(ProcessID(30), root: tree.root)
                == .alreadyTraced(
                    ProcessID(30),
                    command: "app",
                    by: ThreadID(40),
                    tracerCommand: "gdb"
                )
        )
        #expect(check(ProcessID(50), root: tree.root) == .unreadable(ProcessID(50)))
    }

    @Test func theKernelIsAskedForItsConsent() throws {
        let child = try ProcChild(["cat"])
        #expect(!AttachPermission.isRefused(child.process))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func aRefusalIsSeen() async {
        await #expect(processExitsWith: .success) {
            try #require(setuid(65_534) == 0)
            #expect(AttachPermission.isRefused(ProcessID(1)))
        }
    }

    @Test(arguments: [
        (TargetCheck.noSuchProcess(ProcessID(7)), "no process 7"),
        (.exited(ProcessID(7), command: "app"), "7 (app) has ended"),
        (.isThread(ThreadID(7), of: ProcessID(6)), "thread of process 6"),
        (.kernelThread(ProcessID(7), command: "kw"), "7 (kw)"),
        (.protected(ProcessID(1), command: "init", .firstProcess), "process 1 is never"),
        (
            .alreadyTraced(
                ProcessID(7),
                command: "app",
                by: ThreadID(9),
                tracerCommand: "gdb"
            ),
            "traced by 9 (gdb)"
        ),
        (.notPermitted(ProcessID(7), command: "app", yamaScope: 1), "ptrace_scope is 1"),
        (.notPermitted(ProcessID(7), command: "app", yamaScope: 3), "until a reboot"),
        (.notPermitted(ProcessID(7), command: "", yamaScope: -1), "grant CAP_SYS_PTRACE"),
        (.unreadable(ProcessID(7)), "process 7"),
        (.allowed(ProcessID(7)), "can be sampled"),
    ])
    func describesItselfInOneLine(check: TargetCheck, part: String) {
        #expect(check.description.contains(part))
        #expect(!check.description.contains("\n"))
    }
}
