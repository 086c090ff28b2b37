// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import SystemPackage
import Testing

@testable import Sampler

@Suite struct ProcReaderTests {
    private let process = ProcessID(12)
    private let thread = ThreadID(14)

    @Test func readsATree() throws {
        let tree = try FixtureTree()
        try tree.write("12/stat", statLine(command: "leader"))
        try tree.write("12/status", "Name:\tleader\nTgid:\t12\n")
        try tree.write("12/cgroup", "0::/a\n")
        try tree.write("12/environ", "PTARMIGAN=off\0")
        try tree.write("12/task/14/stat", statLine(command: "pool"))
        try tree.write("12/task/14/status", "Name:\tpool\nTgid:\t12\n")
        try tree.write("12/task/14/maps", "1000-2000 r-xp 0 0:0 0\n")
        try tree.write("sys/kernel/yama/ptrace_scope", "2\n")
        var reader = ProcReader(root: tree.root)
        #expect(reader.stat(of: process).value?.command == "leader")
        #expect(reader.stat(of: thread, in: process).value?.command == "pool")
        #expect(reader.status(of: process).value?.process == process)
        #expect(reader.status(of: thread, in: process).value?.command == "pool")
        #expect(reader.controlGroup(of: process).value?.unified == "/a")
        #expect(reader.optOut(of: process) == .value(true))
        #expect(reader.memoryMaps(through: thread, of: process).value?.mappings.count == 1)
        #expect(reader.owner(of: process) == .value(geteuid()))
        #expect(reader.yamaScope() == .value(2))
    }

    @Test func tellsOutcomesApart() throws {
        let tree = try FixtureTree()
        var reader = ProcReader(root: tree.root)
        #expect(reader.stat(of: process) == .gone)
        #expect(reader.owner(of: process) == .gone)
        #expect(reader.yamaScope() == .value(-1))
        try tree.write("12/stat", "nonsense")
        #expect(reader.stat(of: process) == .unreadable)
        try tree.makeDirectory("12/status")
        #expect(reader.status(of: process) == .failed(.isDirectory))
    }

    @Test(arguments: [
        (Errno.noSuchFileOrDirectory, ProcReading<Int>.gone), (.noSuchProcess, .gone),
        (.permissionDenied, .notPermitted), (.notPermitted, .notPermitted),
        (.ioError, .failed(.ioError)),
    ])
    func sortsErrors(error: Errno, reading: ProcReading<Int>) {
        #expect(ProcReading<Int>(error) == reading)
    }

    @Test func readsItself() throws {
        var reader = ProcReader()
        let own = ProcessID(getpid())
        let leader = ThreadID(leaderOf: own)
        let status = try #require(reader.status(of: own).value)
        #expect(status.process == own)
        #expect(status.users?.effective == geteuid())
        #expect(status.parent == ProcessID(getppid()))
        let stat = try #require(reader.stat(of: own).value)
        #expect(stat.startTime.ticks > 0)
        #expect(stat.residentBytes > 0)
        let maps = try #require(reader.memoryMaps(through: leader, of: own).value)
        #expect(maps.unreadableLines == 0)
        let code = unsafeBitCast(getpid as @convention(c) () -> pid_t, to: UInt64.self)
        guard case .file(let path, false) = maps.mapping(at: Address(code))?.backing else {
            Issue.record("no file holds the code of getpid")
            return
        }
        #expect(path.first == UInt8(ascii: "/"))
        #expect(reader.controlGroup(of: own).value?.path != nil)
    }

    @Test func readsAChild() throws {
        var reader = ProcReader()
        var child = try ProcChild(
            ["cat"],
            environment: ["PATH=/usr/bin:/bin", "PTARMIGAN=off"]
        )
        let process = child.process
        #expect(reader.stat(of: process).value?.parent == ProcessID(getpid()))
        #expect(eventually { reader.optOut(of: process).value == true ? true : nil } == true)
        child.becomeZombie()
        #expect(reader.stat(of: process).value?.state == .zombie)
        child.end()
        #expect(reader.stat(of: process) == .gone)
    }
}
