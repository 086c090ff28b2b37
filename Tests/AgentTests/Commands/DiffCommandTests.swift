// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Profiles
import Testing

@testable import Agent

@Suite struct DiffCommandTests {
    @Test func putsTheFunctionThatBecameSlowerOnTop() async throws {
        let directory = try ScratchDirectory()
        let base = try directory.write("base", Array("main;a 10\nmain;b 90\n".utf8))
        let new = try directory.write("new", Array("main;a 30\nmain;b 90\n".utf8))
        let output = "\(directory.path)/out.txt"
        try await DiffCommand.parse([base, new, "-o", output]).run()
        let rows = directory.text("out.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }
        let first = rows.first?.split(separator: " ").map(String.init)
        #expect(first == ["+15.00pp", "10.00%", "25.00%", "2.50x", "+15.00pp", "a"])

        try await DiffCommand.parse(["--no-normalize", base, new, "-o", output]).run()
        #expect(directory.text("out.txt").contains("    +20    10   30   3.00x       +20"))
    }

    @Test func writesAPage() async throws {
        let directory = try ScratchDirectory()
        let base = try directory.write("base", Array("f 1\n".utf8))
        let output = "\(directory.path)/out.html"
        try await DiffCommand.parse([base, base, "-o", output]).run()
        #expect(directory.text("out.html").contains("\"comparison\":{\"isNormalized\":true"))
    }

    @Test func comparesSharesOfTimesAndCountsAndNothingElseOfThem() throws {
        let directory = try ScratchDirectory()
        let counts = try directory.write("counts", Array("f 1\n".utf8))
        var builder = ProfileBuilder(
            kind: .wall,
            startNanoseconds: 1,
            periodNanoseconds: 10,
            target: "x"
        )
        builder.durationNanoseconds = 5
        let wall = try directory.write("wall", PprofFormat.encode(builder.build()))
        #expect(try DiffCommand.parse([counts, wall]).comparison().isNormalized)
        #expect(throws: Failure.self) {
            try DiffCommand.parse([counts, wall, "--no-normalize"]).comparison()
        }
        #expect(throws: Failure.self) {
            try DiffCommand.parse([counts, wall, "--rate", "99"]).comparison()
        }
    }

    @Test func endsWithACodeThatSaysWhatWentWrong() async throws {
        let directory = try ScratchDirectory()
        let base = try directory.write("base", Array("f 1\n".utf8))
        await #expect(throws: ExitCode(1)) {
            try await DiffCommand.parse([base, "/no/such/file"]).run()
        }
        await #expect(throws: ExitCode(2)) {
            try await DiffCommand.parse([base, base, "-o", "x.svg"]).run()
        }
    }

    @Test(arguments: [[], ["a"], ["a", "b", "c"], ["-", "-"], ["a", "b", "-f", "svg"]])
    func refusesWhatMeansNothing(arguments: [String]) {
        #expect(throws: (any Error).self) { try DiffCommand.parse(arguments) }
    }
}
