// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles
import Testing

@testable import Agent

@Suite struct RecordCommandTests {
    @Test(
        arguments: [
            ("12", [12]), ("1,2,3", [1, 2, 3]), ("", nil), ("1,,2", nil), ("0", nil), ("-4", nil),
            ("1,", nil), ("99999999999", nil), ("x", nil),
        ] as [(String, [Int32]?)]
    )
    func readsNumbersWithCommas(text: String, numbers: [Int32]?) {
        #expect(PIDList(argument: text)?.processes.map(\.rawValue) == numbers)
    }

    @Test(arguments: [
        [], ["-p", "1", "-n", "x"], ["-p", "1", "--", "true"], ["-p", "1", "-r", "0"],
        ["-p", "1", "-r", "10001"], ["-p", "1", "-d", "0"], ["-p", "1", "-d", "nan"],
        ["-p", "1", "-f", "gif"], ["-p", "1", "--budget.target-pause", "101"],
    ])
    func refuses(arguments: [String]) {
        #expect(throws: (any Error).self) { try RecordCommand.parse(arguments) }
    }

    @Test func takesACommandWithOptionsOfItsOwn() throws {
        let command = try RecordCommand.parse(["-d", "2", "--", "ls", "-l", "--", "x"])
        #expect(command.command == ["ls", "-l", "--", "x"])
        #expect(command.duration == 2)
    }

    @Test(arguments: [
        (["--", "true"], "leave out --via-agent"), (["-p", "1", "--wall"], "--wall"),
        (["-p", "1", "-s"], "--subprocesses"), (["-n", "x", "--visit-kernel"], "--visit-kernel"),
        (["-n", "x", "--budget.target-pause", "2"], "--budget.target-pause"),
    ])
    func refusesOfAnAgentWhatItDoesNotDo(arguments: [String], word: String) {
        let words = ["--via-agent"] + arguments
        let error = #expect(throws: (any Error).self) { try RecordCommand.parse(words) }
        #expect(error.map { RecordCommand.message(for: $0).contains(word) } == true)
    }

    @Test func asksAnAgentOnlyWhereThatIsSaid() throws {
        let command = try RecordCommand.parse(["-n", "x", "-t", "-r", "5", "--via-agent"])
        #expect(command.viaAgent)
        #expect(command.rate == 5)
        #expect(throws: (any Error).self) {
            try RecordCommand.parse(["-n", "x", "--admin.socket", "/run/x"])
        }
    }

    @Test func showsInlinedFunctionsUnlessToldNotTo() throws {
        #expect(try RecordCommand.parse(["-p", "1"]).inline)
        #expect(try !RecordCommand.parse(["-p", "1", "--no-inline"]).inline)
    }
}
