// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import DebugInformation
import Glibc
import Profiles
import Testing

@testable import Agent

@Suite struct SourceLinesTests {
    @Test func aProfileWithoutFilesIsNotAskedAbout() {
        let profile = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "x"
        )
        .build()
        let (same, summary) = SourceLines(inlines: true).add(to: profile)
        #expect(same == profile)
        #expect(summary == SourceLines.Summary())
    }

    @Test("Questions and answers go through one file")
    func helper() throws {
        let file = cptrace_create_memory_file("ptarmigan-test")
        try #require(file >= 0)
        defer { close(file) }
        let questions = ["/no/such/file", "/nor/this"].map {
            LineQuestion(path: $0, buildID: "0a", roots: ["/"], offsets: [1])
        }
        let message = LineQuestion.encode(questions)
        #expect(FileBytes.write(message, to: file))
        SourceLines.answer(through: file)
        let answers = LineAnswer.decode(
            FileBytes.read(file, from: message.count, upTo: 1 << 20)[...]
        )
        #expect(
            answers == [
                .finished(question: 0, outcome: "absent"),
                .finished(question: 1, outcome: "absent"),
            ]
        )
        #expect(FileBytes.read(file, from: 1 << 20, upTo: 10) == [])
    }
}
