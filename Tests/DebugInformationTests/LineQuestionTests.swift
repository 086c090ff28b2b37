// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct LineQuestionTests {
    private let questions = [
        LineQuestion(path: "/a", buildID: "0a", roots: ["/proc/1/root", "/"], offsets: [1, 2]),
        LineQuestion(path: "", buildID: "", roots: [], offsets: []),
    ]

    @Test func areReadAsTheyWereWritten() {
        #expect(LineQuestion.decode(LineQuestion.encode(questions)) == questions)
        #expect(LineQuestion.decode(LineQuestion.encode([])) == [])
    }

    @Test func ofAMessageThatIsCutTheWholeOnesAreRead() {
        let bytes = LineQuestion.encode(questions)
        for count in 0..<bytes.count {
            let read = LineQuestion.decode(Array(bytes.prefix(count)))
            #expect(read == Array(questions.prefix(read.count)))
            #expect(read.count < questions.count)
        }
    }
}
