// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

/// Visits of real children; ptrace ties them to a thread, so each test has one of its own.
@Suite(.serialized)
struct StopEngineTests {
    /// A shell that computes for ever.
    private static let spinner = ["sh", "-c", "while :; do :; done"]

    private func makeEngine(_ settings: EngineSettings = EngineSettings()) throws -> StopEngine {
        StopEngine(
            settings: settings,
            childSignal: try ChildSignal.open(),
            timer: try DeadlineTimer(thread: ThreadID(cptrace_gettid())),
            watch: try SeizeWatch(),
            guardPage: nil
        )
    }

    private func status(of child: borrowing ProcChild) -> ThreadStatus? {
        var reader = ProcReader()
        return reader.status(of: child.process).value
    }

    @Test("A running thread is visited and runs on, free", arguments: StopMethod.allCases)
    func running(method: StopMethod) async throws {
        try await OwnThread().run {
            let child = try ProcChild(Self.spinner)
            var settings = EngineSettings()
            settings.method = method
            settings.stackBytes = 4_096
            var engine = try makeEngine(settings)
            var sampled = 0
            for _ in 0..<100 {
                let request = VisitRequest(
                    process: child.process,
                    thread: child.leader,
                    lookedAt: .now()
                )
                // What the latest visit left stands only if it came to something.
                if engine.visit(request) == .sampled {
                    sampled += 1
                    #expect(engine.visit.pauseNanoseconds > 0)
                    #expect(engine.visit.registers.instructionPointer.rawValue != 0)
                }
                engine.settleAllDebts(before: .now().advanced(byNanoseconds: 5_000_000_000))
            }
            #expect(sampled > 50)
            let parked = engine.parked
            #expect(parked.isEmpty)
            let seen = status(of: child)
            let after = try #require(seen)
            #expect(after.tracer == nil)
            #expect(after.state != .stopped && after.state != .tracingStop)
        }
    }

    @Test("A stopped process stays stopped")
    func stopped() async throws {
        try await OwnThread().run {
            let child = try ProcChild(Self.spinner)
            kill(child.process.rawValue, SIGSTOP)
            var information = siginfo_t()
            waitid(P_PID, id_t(child.process.rawValue), &information, WSTOPPED)
            var engine = try makeEngine()
            let outcome = engine.visit(
                VisitRequest(process: child.process, thread: child.leader, lookedAt: .now())
            )
            #expect(outcome == .groupStopped)
            // A detach wakes a stopped thread for a moment, and the kernel stops it again before it
            // runs its own code (kernel/ptrace.c, __ptrace_unlink).
            let settled = eventually { () -> ThreadStatus? in
                status(of: child).flatMap { $0.state == .stopped ? $0 : nil }
            }
            #expect(try #require(settled).tracer == nil)
        }
    }

    @Test(
        "A thread that cannot stop in time is parked, and let go when it can",
        .timeLimit(.minutes(1))
    )
    func late() async throws {
        try await OwnThread().run {
            let child = try ProcChild([TargetPrograms.path("dstate"), "--blocked-ms", "1000"])
            let scan = ProcessScan()
            var reader = ProcReader()
            var threads: [ThreadID] = []
            func isAsleep(_ thread: ThreadID) -> Bool {
                reader.stat(of: thread, in: child.process).value?.state == .uninterruptible
            }
            let found = eventually { () -> ThreadID? in
                _ = scan.list(threadsOf: child.process, into: &threads)
                return threads.first { isAsleep($0) }
            }
            let thread = try #require(found)
            var settings = EngineSettings()
            settings.looks = false
            var engine = try makeEngine(settings)
            let outcome = engine.visit(
                VisitRequest(process: child.process, thread: thread, lookedAt: .now())
            )
            // The wait ended before the sleep did: its deadline is a hundredth of that.
            #expect(isAsleep(thread))
            #expect(outcome == .parked(.lateStop))
            engine.settleAllDebts(before: .now().advanced(byNanoseconds: 30_000_000_000))
            let parked = engine.parked
            #expect(parked.isEmpty)
            let status = reader.status(of: thread, in: child.process).value
            #expect(try #require(status).tracer == nil)
        }
    }

    @Test("A look that is too old is not followed by an attach")
    func stale() async throws {
        try await OwnThread().run {
            let child = try ProcChild(["cat"])
            var engine = try makeEngine()
            let outcome = engine.visit(
                VisitRequest(
                    process: child.process,
                    thread: child.leader,
                    lookedAt: MonotonicInstant(nanoseconds: 1)
                )
            )
            let attempts = engine.counts.attachAttempts
            #expect(outcome == .staleLook)
            #expect(attempts == 0)
        }
    }

    @Test("A process that is gone is refused as gone")
    func gone() async throws {
        try await OwnThread().run {
            var child = try ProcChild(["cat"])
            child.end()
            var engine = try makeEngine()
            let outcome = engine.visit(
                VisitRequest(process: child.process, thread: child.leader, lookedAt: .now())
            )
            #expect(outcome == .refused(.gone))
        }
    }
}
