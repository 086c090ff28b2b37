// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Testing

@testable import Agent

@Suite struct ReportOptionsTests {
    @Test func isTheStandardOutputUnlessAFileIsNamed() throws {
        #expect(try ReportOptions.parse([]).output == "-")
        #expect(try ReportOptions.parse(["-o", "x"]).output == "x")
    }

    @Test func makesAPeriodOfARate() throws {
        #expect(try ReportOptions.parse(["--rate", "99"]).periodNanoseconds == 10_101_010)
        #expect(try ReportOptions.parse([]).periodNanoseconds == 0)
    }

    @Test(arguments: [["--rate", "0"], ["--rate", "nan"], ["--top", "0"], ["--rate", "1e9"]])
    func refusesWhatMeansNothing(arguments: [String]) {
        #expect(throws: (any Error).self) { try ReportOptions.parse(arguments) }
    }

    @Test func refusesWhatWouldHaveNoEffect() throws {
        let options = try ReportOptions.parse(["--top", "5"])
        #expect(throws: Failure.self) { try options.check(isText: false) }
        #expect(throws: Never.self) { try options.check(isText: true) }
        #expect(throws: (any Error).self) { try ReportOptions.check(inputs: ["-", "a", "-"]) }
        #expect(throws: Never.self) { try ReportOptions.check(inputs: ["-", "a"]) }
    }
}
