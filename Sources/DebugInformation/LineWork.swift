// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images

/// Answers questions, file by file.
package struct LineWork {
    /// Nil where libdw is not installed.
    private let library: DebugLibrary?
    private let limit: WorkLimit

    /// The most places in one answer: an answer that was given stands, whatever happens then.
    private static let batchCount = 64

    package init(library: DebugLibrary?, limit: WorkLimit) {
        self.library = library
        self.limit = limit
    }

    /// Calls `tell` with each answer as soon as it is there; the last one of a question says how
    /// it went.
    @available(*, noasync, message: "opens and reads files, which can block")
    package func answer(_ questions: [LineQuestion], _ tell: (LineAnswer) -> Void) {
        for (index, question) in questions.enumerated() {
            tell(.finished(question: index, outcome: outcome(of: question, index, tell)))
        }
    }

    private func outcome(
        of question: LineQuestion,
        _ index: Int,
        _ tell: (LineAnswer) -> Void
    ) -> String {
        guard let library else { return "no_libdw" }
        guard !limit.isReached else { return "time" }
        guard let buildID = BuildID(hexadecimal: question.buildID) else { return "no_build_id" }
        do throws(ImageFailure) {
            guard
                let source = try DebugSource.find(
                    path: question.path,
                    roots: question.roots,
                    buildID: buildID
                )
            else { return "no_debug_information" }
            guard let reader = DebugReader(source, library: library, limit: limit) else {
                return "malformed"
            }
            var isAnyKnown = false
            var next = question.offsets[...]
            while !next.isEmpty, !limit.isReached {
                let places = next.prefix(Self.batchCount).map {
                    LineAnswer.Place(offset: $0, frames: reader.frames(atFileOffset: $0))
                }
                .filter { !$0.frames.isEmpty }
                next = next.dropFirst(Self.batchCount)
                guard !places.isEmpty else { continue }
                isAnyKnown = true
                tell(.places(question: index, places))
            }
            if limit.isReached { return "time" }
            return isAnyKnown ? LineAnswer.success : "no_lines"
        } catch {
            return error.reason
        }
    }
}
