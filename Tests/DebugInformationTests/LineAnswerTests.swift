// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct LineAnswerTests {
    private let answers: [LineAnswer] = {
        var frame = SourceFrame()
        (frame.name, frame.systemName, frame.file, frame.line) = ("a()", "_Z1av", "a.cc", 7)
        return [
            .places(question: 2, [.init(offset: 9, frames: [frame, SourceFrame()])]),
            .finished(question: 2, outcome: LineAnswer.success),
            .places(question: 0, []),
        ]
    }()

    @Test func areReadAsTheyWereWritten() {
        #expect(LineAnswer.decode(answers.flatMap(\.encoded)[...]) == answers)
    }

    @Test("What a helper wrote before it died stands")
    func cut() {
        let bytes = answers.flatMap(\.encoded)
        for count in 0..<bytes.count {
            let read = LineAnswer.decode(bytes.prefix(count))
            #expect(read == Array(answers.prefix(read.count)))
            #expect(read.count < answers.count)
        }
    }

    @Test("Bytes of any kind are read without harm")
    func hostile() {
        let bytes = answers.flatMap(\.encoded)
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
                var changed = bytes
                changed[index] = value
                #expect(LineAnswer.decode(changed[...]).count <= answers.count)
            }
        }
    }
}
