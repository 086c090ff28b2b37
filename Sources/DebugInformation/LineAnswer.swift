// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a helper tells of one program or library: places while it reads, and at last how it went.
package enum LineAnswer: Hashable, Sendable {
    /// The functions at some bytes of the file, by the number of the question.
    case places(question: Int, [Place])
    /// No more will come about a file.
    case finished(question: Int, outcome: String)

    /// A byte of the file, and the functions there, the innermost inlined one first.
    package struct Place: Hashable, Sendable {
        package let offset: UInt64
        package let frames: [SourceFrame]

        package init(offset: UInt64, frames: [SourceFrame]) {
            self.offset = offset
            self.frames = frames
        }
    }

    /// The outcome of a file whose lines were read.
    package static let success = "lines"

    /// As a message: its length, and so much more.
    package var encoded: [UInt8] {
        var body = MessageWriter()
        switch self {
        case .places(let question, let places):
            body.append(UInt64(question))
            body.append(0)
            body.append(UInt64(places.count))
            for place in places { Self.append(place, to: &body) }
        case .finished(let question, let outcome):
            body.append(UInt64(question))
            body.append(1)
            body.append(outcome)
        }
        var message = MessageWriter()
        message.append(UInt64(body.bytes.count))
        return message.bytes + body.bytes
    }

    private static func append(_ place: Place, to writer: inout MessageWriter) {
        writer.append(place.offset)
        writer.append(UInt64(place.frames.count))
        for frame in place.frames {
            writer.append(frame.name)
            writer.append(frame.systemName)
            writer.append(frame.file)
            writer.append(UInt64(frame.line))
        }
    }

    /// The answers of several messages, up to the first that is not whole.
    package static func decode(_ bytes: ArraySlice<UInt8>) -> [LineAnswer] {
        var reader = MessageReader(bytes)
        var answers: [LineAnswer] = []
        while let body = reader.bytes(), let answer = LineAnswer(body) { answers.append(answer) }
        return answers
    }

    private init?(_ body: ArraySlice<UInt8>) {
        var reader = MessageReader(body)
        guard let question = reader.count(upTo: Int(Int32.max)), let kind = reader.number() else {
            return nil
        }
        if kind == 1 {
            guard let outcome = reader.text() else { return nil }
            self = .finished(question: question, outcome: outcome)
            return
        }
        guard kind == 0, let count = reader.count(upTo: body.count) else { return nil }
        var places: [Place] = []
        for _ in 0..<count {
            guard let place = Self.place(&reader, bound: body.count) else { return nil }
            places.append(place)
        }
        self = .places(question: question, places)
    }

    private static func place(_ reader: inout MessageReader, bound: Int) -> Place? {
        guard let offset = reader.number(), let count = reader.count(upTo: bound)
        else { return nil }
        var frames: [SourceFrame] = []
        for _ in 0..<count {
            var frame = SourceFrame()
            guard let name = reader.text(), let systemName = reader.text(),
                let file = reader.text(), let line = reader.number()
            else { return nil }
            (frame.name, frame.systemName, frame.file) = (name, systemName, file)
            frame.line = UInt32(clamping: line)
            frames.append(frame)
        }
        return Place(offset: offset, frames: frames)
    }
}
