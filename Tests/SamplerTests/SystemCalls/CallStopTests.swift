// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct CallStopTests {
    /// Seizes a child that sleeps, interrupts it, and hands its stop on.
    private func interrupted(
        _ body: @escaping @Sendable (consuming CallStop) -> Void
    ) async throws -> TaskState? {
        let child = try ProcChild(["sleep", "1000"])
        let thread = child.leader
        return try await OwnThread().run {
            try Ptrace.seize(thread, options: cptrace_follow_options())
            try Ptrace.interrupt(thread)
            guard case .stopped(_, let kind)? = try TraceEvent.await(thread) else { return nil }
            body(CallStop(thread: thread, kind: kind))
            var reader = ProcReader()
            // It is on its way to its sleep.
            return eventually {
                let state = reader.stat(of: ProcessID(thread.rawValue)).value?.state
                return state == .running ? nil : state
            }
        }
    }

    @Test func runsOnWhenItIsDropped() async throws {
        #expect(try await interrupted { _ in } == .sleeping)
    }

    @Test func runsToTheNextCall() async throws {
        // It begins its sleep anew, which is a call.
        #expect(try await interrupted { $0.run(to: .call) } == .tracingStop)
    }

    @Test func goesForGood() async throws {
        #expect(try await interrupted { $0.release() } == .sleeping)
    }
}
