// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite("CallWindowSession")
struct CallWindowSessionTests {
    private func session(_ process: ProcessID) -> CallWindowSession {
        CallWindowSession(
            process: process,
            settings: AttachedCalls.Settings(nanoseconds: 1_000_000, heldShare: 0.01)
        )
    }

    @Test("a process that is not there is refused before anything is attached to")
    func nobody() async throws {
        let failure = await #expect(throws: Failure.self) {
            _ = try await session(ProcessID(Int32.max)).run()
        }
        #expect(failure?.code == .noSuchProcess)
    }

    @Test(
        "a refusal says what refuses, and what to do",
        arguments: [
            (.notPermitted, .notPermitted, "doctor"), (.gone, .noSuchProcess, "has ended"),
            (.unsupported(errno: 5), .failed, "PTRACE_SEIZE"),
        ] as [(AttachRefusal, Failure.Code, String)]
    )
    func refusals(refusal: AttachRefusal, code: Failure.Code, word: String) {
        let failure = session(ProcessID(1)).failure(refusal)
        #expect(failure.code == code)
        #expect(failure.message.contains(word))
    }
}
