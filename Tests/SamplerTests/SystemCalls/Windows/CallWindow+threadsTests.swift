// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite(.serialized) struct CallWindowThreadsTests {
    @Test("a thread that waits is not touched")
    func waiting() throws {
        let child = try ProcChild(["sleep", "1000"])
        let process = child.process
        var reader = ProcReader()
        let asleep = eventually {
            reader.stat(of: process).value?.state == .sleeping ? true : nil
        }
        #expect(asleep == true)
        let before = reader.statistics(of: child.leader, in: process).value
        let outcome = try WindowChild.watch(process, WindowChild.limits())
        #expect(outcome.end == .time)
        #expect(outcome.tally.stops == 0)
        #expect(reader.statistics(of: child.leader, in: process).value == before)
    }

    @Test("one that is in the kernel for calls of unknown size is left alone, and counted")
    func kernel() throws {
        let child = try WindowChild.start(["--gets", "-1"])
        let outcome = try WindowChild.watch(child.process, WindowChild.limits())
        // Where getppid is cheap the thread may be more in its own code.
        guard outcome.tally.stops == 0 else { return }
        #expect(outcome.unwatched.values.contains(.systemTime))
    }

    @Test("unless that is asked for")
    func kernelByRequest() throws {
        let child = try WindowChild.start(["--gets", "-1"])
        let outcome = try WindowChild.watch(
            child.process,
            WindowChild.limits(visitsKernel: true)
        )
        #expect(outcome.tally.accounts.keys.contains { $0.name == "getppid" })
    }

    @Test("no more threads are attached to than the limit says")
    func limit() throws {
        let child = try WindowChild.start(["--reads", "5000", "--threads", "4"])
        var limits = WindowChild.limits(milliseconds: 200)
        limits.threads = 1
        let outcome = try WindowChild.watch(child.process, limits)
        #expect(outcome.threads.count == 1)
        #expect(outcome.unwatched.values.contains(.threadLimit))
    }

    @Test("another tracer's process is refused")
    func refused() async throws {
        let child = try WindowChild.start(["--reads", "5000"])
        let process = child.process
        let outcome = try await OwnThread().run {
            var list: [ThreadID] = []
            _ = ProcessScan().list(threadsOf: process, into: &list)
            for thread in list { try Ptrace.seize(thread) }
            return try WindowChild.watch(process, WindowChild.limits(milliseconds: 2_000))
        }
        #expect(outcome.end == .refused)
        #expect(outcome.refusal == .notPermitted)
    }
}
