// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Testing

@testable import Agent

@Suite struct ReportCommandTests {
    @Test func showsSeveralFilesAsAnotherFormat() async throws {
        let directory = try ScratchDirectory()
        let one = try directory.write("1", Array("main;f 4\n".utf8))
        let other = try directory.write("2", Array("main;f 5\n".utf8))
        let output = "\(directory.path)/out.folded"
        try await ReportCommand.parse([one, other, "-o", output]).run()
        #expect(directory.text("out.folded") == "main;f 9\n")
        try await ReportCommand.parse([output, "-f", "text", "-o", "\(directory.path)/t"]).run()
        #expect(directory.text("t").contains("100.00%   100.00%        9          f\n"))
    }

    @Test func limitsTheTable() async throws {
        let directory = try ScratchDirectory()
        let input = try directory.write("1", Array("f 4\ng 3\nh 2\n".utf8))
        let output = "\(directory.path)/out.txt"
        try await ReportCommand.parse([input, "--top", "1", "-o", output]).run()
        #expect(directory.text("out.txt").hasSuffix("# and 2 more functions with 55.56%\n"))
    }

    @Test func endsWithACodeThatSaysWhatWentWrong() async throws {
        let directory = try ScratchDirectory()
        let input = try directory.write("1", Array("f 4\n".utf8))
        await #expect(throws: ExitCode(1)) {
            try await ReportCommand.parse(["/no/such/file"]).run()
        }
        await #expect(throws: ExitCode(2)) {
            try await ReportCommand.parse([input, "-o", "/tmp/x.unknown"]).run()
        }
        await #expect(throws: ExitCode(2)) {
            try await ReportCommand.parse(
                [input, "--top", "3", "-o", "\(directory.path)/x.html"]
            ).run()
        }
        #expect(directory.names == ["1"])
    }

    @Test(arguments: [[], ["-", "-"], ["a", "-f", "gif"], ["a", "--top", "0"]] as [[String]])
    func refusesWhatMeansNothing(arguments: [String]) {
        #expect(throws: (any Error).self) { try ReportCommand.parse(arguments) }
    }
}
