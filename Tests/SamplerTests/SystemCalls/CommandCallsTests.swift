// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import SystemPackage
import Testing

@testable import Sampler

/// Commands without a filter: what they start and how they end.
///
/// Calls are counted by Scripts/test-syscalls.py, beside strace.
@Suite struct CommandCallsTests {
    /// Follows a shell that stops itself and is then continued, and returns what was seen.
    private func follow(_ script: String) async throws -> CommandCalls.Outcome {
        let child = try ProcChild(["/bin/sh", "-c", "kill -STOP $$; \(script)"])
        let process = child.process
        try child.waitUntilStopped()
        return try await OwnThread().run {
            let calls = try CommandCalls(root: process, settings: CommandCalls.Settings())
            kill(process.rawValue, SIGCONT)
            return calls.run()
        }
    }

    @Test func tellsHowTheCommandEnded() async throws {
        #expect(try await follow("exit 3").exit == .code(3))
        #expect(try await follow("kill -KILL $$").exit == .signal(SIGKILL))
    }

    @Test("it has begun when it has become another program")
    func begins() async throws {
        #expect(try await !follow("exit 0").hasBegun)
        #expect(try await follow("exec true").hasBegun)
    }

    @Test("what outlives the command is followed to its end")
    func children() async throws {
        let outcome = try await follow("(sleep 0.1; exit 9) & exec true")
        #expect(outcome.exit == .code(0))
        // The shell, its child, and what that becomes or starts.
        #expect(outcome.threads >= 2)
        #expect(outcome.nanoseconds >= 50_000_000)
    }

    @Test("a stop by job control is left to last until it is continued")
    func jobControl() async throws {
        let outcome = try await follow(
            "exec sh -c '(sleep 0.1; kill -CONT $$) & kill -STOP $$; exit 5'"
        )
        #expect(outcome.exit == .code(5))
    }

    @Test func refusesAProcessThatIsNotThere() async throws {
        let error = try await OwnThread().run {
            do throws(Errno) {
                _ = try CommandCalls(
                    root: ProcessID(Int32.max),
                    settings: CommandCalls.Settings()
                ).run()
                return nil as Errno?
            } catch {
                return error
            }
        }
        #expect(error == .noSuchProcess)
    }
}
