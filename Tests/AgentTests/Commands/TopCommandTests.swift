// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct TopCommandTests {
    @Test(arguments: [
        ["-p", "1", "-n", "x"], ["-p", "1", "--", "true"], ["-p", "x"], ["-r", "0"],
        ["-r", "10001"], ["--delay", "0"], ["--delay", "nan"], ["--delay", "3601"],
        ["--by", "line"], ["--budget.target-pause", "101"], ["--periods", "0"],
        ["--once", "--periods", "2"], ["-t", "--by", "group"],
    ])
    func refuses(arguments: [String]) {
        #expect(throws: (any Error).self) { try TopCommand.parse(arguments) }
    }

    @Test func withoutATargetItShowsAll() throws {
        let command = try TopCommand.parse([])
        guard case .selection(.all, title: "all processes") = command.target(openFiles: 1) else {
            Issue.record("another target")
            return
        }
        #expect(command.options == TopSession.Options())
        #expect(command.rate == 99)
    }

    @Test func takesTargetsAsRecordDoes() throws {
        let processes = [ProcessID(4), ProcessID(5)]
        let listed = try TopCommand.parse(["-p", "4,5"]).target(openFiles: 1)
        guard case .selection(.listed(processes), title: "4,5") = listed else {
            Issue.record("another target")
            return
        }
        let trees = try TopCommand.parse(["-s", "-p", "4,5"]).target(openFiles: 1)
        guard case .selection(.trees(processes), title: "4,5") = trees else {
            Issue.record("another target")
            return
        }
        let launched = try TopCommand.parse(["-s", "--", "ls", "-l"]).target(openFiles: 9)
        guard case .command(["ls", "-l"], openFiles: 9, followsChildren: true) = launched else {
            Issue.record("another target")
            return
        }
    }

    @Test func setsTheView() throws {
        let once = try TopCommand.parse(["--once", "-t", "--wall", "--delay", "0.5"]).options
        #expect(
            once
                == TopSession.Options(
                    view: .thread,
                    showsWaits: true,
                    delay: .milliseconds(500),
                    isBatch: true,
                    periods: 1
                )
        )
        let batch = try TopCommand.parse(["-b", "--periods", "3", "--by", "group"]).options
        #expect(batch == TopSession.Options(view: .group, isBatch: true, periods: 3))
    }
}
