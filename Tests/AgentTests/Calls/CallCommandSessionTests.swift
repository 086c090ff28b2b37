// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler
import SystemPackage
import Testing

@testable import Agent

@Suite("CallCommandSession")
struct CallCommandSessionTests {
    @Test("what is started gets the selection as it was written, and its own limit of files")
    func arguments() {
        let session = CallCommandSession(
            command: ["ls", "--", "-l"],
            calls: .all,
            selectionText: "!%memory",
            takesTimes: true,
            cpu: 3
        )
        #expect(
            HelperProcess.launchArguments(
                session.command,
                openFiles: 256,
                options: session.launchOptions
            ) == [
                "ptarmigan", "launch", "--open-files", "256", "--trace-calls=!%memory", "--cpu",
                "3", "--", "ls", "--", "-l",
            ]
        )
    }

    @Test("a refusal says what refuses and what to allow")
    func refused() {
        let failure = CallCommandSession.failure(Errno.notPermitted)
        #expect(failure.code == .notPermitted)
        #expect(failure.message.contains("allow ptrace"))
        #expect(CallCommandSession.failure(Errno.noMemory).code == .failed)
    }
}
