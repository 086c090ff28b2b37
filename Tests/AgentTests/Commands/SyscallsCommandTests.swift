// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Testing

@testable import Agent

@Suite("SyscallsCommand")
struct SyscallsCommandTests {
    @Test("takes strace's letters and keeps what follows -- for the command")
    func parses() throws {
        let command = try SyscallsCommand.parse([
            "-e", "trace=%file", "-S", "calls", "-U", "calls,name", "-j", "-o", "x", "--pin", "--",
            "ls", "-S",
        ])
        #expect(command.command == ["ls", "-S"])
        #expect(command.pin && command.json && !command.countsOnly)
    }

    @Test("takes the number of a running process, and a time")
    func window() throws {
        let command = try SyscallsCommand.parse(["-p", "42", "-d", "2.5", "--visit-kernel"])
        #expect(command.pid == 42 && command.duration == 2.5 && command.visitKernel)
    }

    @Test(
        "refuses what means nothing",
        arguments: [
            [], ["-e", "trace=nosuchcall", "--", "true"], ["-S", "colour", "--", "true"],
            ["-U", "", "--", "true"], ["-U", "calls,colour", "--", "true"],
            ["-p", "0"], ["-p", "1", "--", "true"], ["-p", "1", "-d", "0"],
            ["-p", "1", "--counts-only"], ["-p", "1", "--budget.target-pause", "101"],
        ]
    )
    func refuses(arguments: [String]) {
        #expect(throws: (any Error).self) { try SyscallsCommand.parse(arguments) }
    }
}
