// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct MessageBytesTests {
    @Test func readsWhatWasWritten() {
        var writer = MessageWriter()
        writer.append(0x0123_4567_89ab_cdef)
        writer.append("a\u{e9}")
        var reader = MessageReader(writer.bytes[...])
        #expect(reader.number() == 0x0123_4567_89ab_cdef)
        #expect(reader.text() == "a\u{e9}")
        #expect(reader.isAtEnd)
        #expect(reader.number() == nil)
    }

    @Test func refusesWhatIsNotWhole() {
        var writer = MessageWriter()
        writer.append("text")
        for count in 0..<writer.bytes.count {
            var reader = MessageReader(writer.bytes.prefix(count))
            #expect(reader.text() == nil)
        }
        var huge = MessageWriter()
        huge.append(.max)
        var reader = MessageReader(huge.bytes[...])
        #expect(reader.bytes() == nil)
        reader = MessageReader(huge.bytes[...])
        #expect(reader.count(upTo: 3) == nil)
    }
}
