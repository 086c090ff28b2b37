// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ThreadLookerTests {
    private let process = ProcessID(12)
    private let thread = ThreadID(14)
    private static let read =
        "0 0x3 0x7ffc0a8 0x40 0x0 0x0 0x0 0x7ffc0a0 0x7f2300\n"

    private func looker(_ files: [String: String]) throws -> (ThreadLook) {
        let tree = try FixtureTree()
        try tree.makeDirectory("12/task/14")
        for (name, text) in files { try tree.write("12/task/14/" + name, text) }
        var looker = ThreadLooker(root: tree.root, capacity: 16)
        let first = looker.look(at: thread, in: process)
        // A second look goes by kept files and must say the same.
        #expect(looker.look(at: thread, in: process) == first)
        return first
    }

    @Test func seesARunningThread() throws {
        let look = try looker(["syscall": "running\n", "schedstat": "5 6 7\n"])
        let statistics = SchedulerStatistics(
            runNanoseconds: 5,
            waitNanoseconds: 6,
            runCount: 7
        )
        #expect(
            look
                == .seen(
                    ThreadSight(activity: .running, statistics: statistics, tier: .systemCall)
                )
        )
    }

    /// Arrivals on a CPU, departures from one, and what a look that expects it running must say.
    @Test(arguments: [(7, 3, 3, true), (7, 3, 4, false), (7, 3, 9, false), (7, 0, 0, false)])
    func provesAThreadOnACPU(arrivals: Int, left: Int, displaced: Int, isOnCPU: Bool) throws {
        let tree = try FixtureTree()
        try tree.makeDirectory("12/task/14")
        try tree.write("12/task/14/schedstat", "5 6 \(arrivals)\n")
        try tree.write("12/task/14/syscall", Self.read)
        try tree.write(
            "12/task/14/status",
            "Name:\ta\nvoluntary_ctxt_switches:\t\(left)\n"
                + "nonvoluntary_ctxt_switches:\t\(displaced)\n"
        )
        var looker = ThreadLooker(root: tree.root, capacity: 16)
        let look = looker.look(at: thread, in: process, expectsRunning: true)
        guard case .seen(let sight) = look else {
            Issue.record("\(look)")
            return
        }
        #expect(sight.isOnCPU == isOnCPU)
        // Where the counts prove nothing, the call that it waits in tells what it does.
        #expect((sight.activity == .running) == isOnCPU)
        let presence = looker.presence(of: thread, in: process, runCount: UInt64(arrivals))
        #expect(presence == (isOnCPU ? .onCPU : arrivals == left + displaced ? .queued : .unknown))
        #expect(looker.presence(of: thread, in: process, runCount: nil) == .unknown)
    }

    @Test func seesABlockedThread() throws {
        let look = try looker(["syscall": Self.read, "schedstat": "5 6 7\n"])
        guard case .seen(let sight) = look, case .blocked(let call) = sight.activity else {
            Issue.record("\(look)")
            return
        }
        #expect(call.number == 0)
        #expect(sight.statistics?.runCount == 7)
        #expect(sight.tier == .systemCall)
    }

    @Test func seesAThreadBlockedOutsideOfCalls() throws {
        let look = try looker(["syscall": "-1 0x1000 0x2000\n", "stat": statLine(state: "D")])
        #expect(
            look
                == .seen(
                    ThreadSight(
                        activity: .blockedOutside(
                            stackPointer: Address(0x1000),
                            programCounter: Address(0x2000)
                        ),
                        statistics: nil,
                        tier: .systemCall
                    )
                )
        )
    }

    @Test func zerosInAllStatisticsMeanNone() throws {
        let look = try looker(["syscall": "running\n", "schedstat": "0 0 0\n"])
        #expect(
            look
                == .seen(ThreadSight(activity: .running, statistics: nil, tier: .systemCall))
        )
    }

    @Test(arguments: [
        ("R", ThreadActivity.running), ("S", .waiting(.sleeping)),
        ("D", .waiting(.uninterruptible)), ("T", .waiting(.stopped)),
        ("t", .waiting(.tracingStop)),
    ])
    func fallsBackToTheState(letter: String, activity: ThreadActivity) throws {
        let expected = ThreadLook.seen(
            ThreadSight(activity: activity, statistics: nil, tier: .state)
        )
        // The file is missing, or has a form that nobody knows.
        #expect(try looker(["stat": statLine(state: letter)]) == expected)
        #expect(
            try looker(["stat": statLine(state: letter), "syscall": "what\n"]) == expected
        )
    }

    @Test(arguments: ["Z", "X"])
    func aThreadThatExitedIsGone(letter: String) throws {
        #expect(try looker(["stat": statLine(state: letter)]) == .gone)
        #expect(
            try looker(["stat": statLine(state: letter), "syscall": "-1 0x0 0x0\n"]) == .gone
        )
    }

    @Test func tellsWhatCannotBeSeen() throws {
        #expect(try looker([:]) == .gone)
        #expect(try looker(["stat": "nonsense"]) == .unsupported)
    }

    @Test func asksOnlyOnceForAFileThatTheKernelLacks() throws {
        let tree = try FixtureTree()
        try tree.write("12/task/14/stat", statLine())
        var looker = ThreadLooker(root: tree.root, capacity: 16)
        for _ in 0..<10 { _ = looker.look(at: thread, in: process) }
        #expect(looker.counters.failures == 2)
        #expect(looker.counters.opens == 1)
        #expect(looker.counters.hits == 9)
    }

    @Test func aThreadThatIsGoneDoesNotSpeakForTheKernel() throws {
        let tree = try FixtureTree()
        var looker = ThreadLooker(root: tree.root, capacity: 16)
        #expect(looker.look(at: thread, in: process) == .gone)
        try tree.write("12/task/14/syscall", "running\n")
        #expect(
            looker.look(at: thread, in: process)
                == .seen(ThreadSight(activity: .running, statistics: nil, tier: .systemCall))
        )
    }

    @Test func seesARealWait() throws {
        var looker = ThreadLooker(capacity: 16)
        let child = try ProcChild(["cat"])
        let process = child.process
        let leader = child.leader
        #if arch(x86_64)
        let readNumber: Int32 = 0
        #else
        let readNumber: Int32 = 63
        #endif
        let call = eventually { () -> BlockedCall? in
            guard case .seen(let sight) = looker.look(at: leader, in: process),
                case .blocked(let call) = sight.activity, call.number == readNumber,
                call.arguments[0] == 0
            else { return nil }
            return call
        }
        let blocked = try #require(call)
        #expect(blocked.stackPointer.rawValue != 0)
        #expect(blocked.programCounter.rawValue != 0)
        // It waits for ever, so it does not run again.
        let first = looker.look(at: leader, in: process)
        #expect(looker.look(at: leader, in: process) == first)
        #expect(looker.descriptorCount == 2)
    }

    @Test func seesARealLoop() throws {
        var looker = ThreadLooker(capacity: 16)
        let child = try ProcChild(["sh", "-c", "while :; do :; done"])
        let process = child.process
        let leader = child.leader
        var lastRun: UInt64 = 0
        var looks = 0
        let seen = eventually { () -> Bool? in
            guard case .seen(let sight) = looker.look(at: leader, in: process),
                sight.activity == .running, let statistics = sight.statistics,
                statistics.runNanoseconds > lastRun
            else { return nil }
            lastRun = statistics.runNanoseconds
            looks += 1
            return looks == 3 ? true : nil
        }
        #expect(seen == true)
        // The next number is at least as high, and read through the same kept file.
        let again = looker.statistics(of: leader, in: process)
        let statistics = try #require(again)
        #expect(statistics.runNanoseconds >= lastRun)
    }

    @Test func seesARealExit() throws {
        var looker = ThreadLooker(capacity: 16)
        var child = try ProcChild(["cat"])
        let process = child.process
        let leader = child.leader
        guard case .seen = looker.look(at: leader, in: process) else {
            Issue.record("a living child was not seen")
            return
        }
        child.becomeZombie()
        // Until its kernel stack is freed a zombie still shows the call that it was killed in.
        let seen = eventually { looker.look(at: leader, in: process) == .gone ? true : nil }
        #expect(seen == true)
        child.end()
        #expect(looker.look(at: leader, in: process) == .gone)
        #expect(looker.descriptorCount == 0)
    }

    @Test func seesThatAStoppedChildDoesNotRun() throws {
        var looker = ThreadLooker(capacity: 16)
        let child = try ProcChild(["sh", "-c", "while :; do :; done"])
        child.stop()
        guard case .seen(let sight) = looker.look(at: child.leader, in: child.process) else {
            Issue.record("a stopped child was not seen")
            return
        }
        #expect(sight.activity != .running)
        #expect(
            looker.stat(of: child.leader, in: child.process).value?.state == .stopped
        )
    }
}
