// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a recording wants to know of one program or library.
package struct LineQuestion: Hashable, Sendable {
    /// As the processes that map it write it.
    package var path: String
    /// Hexadecimal digits; another build's lines would be wrong ones.
    package var buildID: String
    /// Directories below which the path is looked for: `/proc/PID/root`, `/`.
    package var roots: [String]
    /// The bytes of the file whose lines are wanted.
    package var offsets: [UInt64]

    package init(path: String, buildID: String, roots: [String], offsets: [UInt64]) {
        self.path = path
        self.buildID = buildID
        self.roots = roots
        self.offsets = offsets
    }

    /// Several questions as one message.
    package static func encode(_ questions: [LineQuestion]) -> [UInt8] {
        var writer = MessageWriter()
        writer.append(UInt64(questions.count))
        for question in questions {
            writer.append(question.path)
            writer.append(question.buildID)
            writer.append(UInt64(question.roots.count))
            for root in question.roots { writer.append(root) }
            writer.append(UInt64(question.offsets.count))
            for offset in question.offsets { writer.append(offset) }
        }
        return writer.bytes
    }

    /// The questions of a message, as many as are whole.
    package static func decode(_ bytes: [UInt8]) -> [LineQuestion] {
        var reader = MessageReader(bytes[...])
        var questions: [LineQuestion] = []
        guard let count = reader.count(upTo: bytes.count) else { return [] }
        for _ in 0..<count {
            guard let path = reader.text(), let buildID = reader.text(),
                let rootCount = reader.count(upTo: bytes.count)
            else { break }
            var roots: [String] = []
            for _ in 0..<rootCount {
                guard let root = reader.text() else { return questions }
                roots.append(root)
            }
            guard let offsetCount = reader.count(upTo: bytes.count) else { break }
            var offsets: [UInt64] = []
            for _ in 0..<offsetCount {
                guard let offset = reader.number() else { return questions }
                offsets.append(offset)
            }
            questions.append(
                LineQuestion(path: path, buildID: buildID, roots: roots, offsets: offsets)
            )
        }
        return questions
    }
}
