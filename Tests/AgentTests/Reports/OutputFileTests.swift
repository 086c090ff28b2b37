// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Agent

@Suite struct OutputFileTests {
    @Test func writesTheFileAndNothingElse() throws {
        let directory = try ScratchDirectory()
        let output = try OutputFile(path: "\(directory.path)/a")
        #expect(directory.names.isEmpty, "nothing is there before there is a result")
        try output.write(Array("x".utf8))
        #expect(directory.names == ["a"])
        #expect(directory.text("a") == "x")
        #expect(output.shownPath == "\(directory.path)/a" && !output.isStandardOutput)
    }

    @Test func refusesWhatItCannotWriteAtOnce() {
        #expect(throws: Failure.self) { try OutputFile(path: "/no/such/directory/a") }
    }

    @Test func knowsTheStandardOutput() throws {
        let output = try OutputFile(path: "-")
        #expect(output.isStandardOutput && output.shownPath == "the standard output")
    }
}
