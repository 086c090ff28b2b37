// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct LineWorkTests {
    private func answers(
        _ questions: [LineQuestion],
        library: DebugLibrary? = DebugLibrary(),
        limit: WorkLimit = WorkLimit(deadline: .now + .seconds(60))
    ) -> [LineAnswer] {
        var answers: [LineAnswer] = []
        LineWork(library: library, limit: limit).answer(questions) { answers.append($0) }
        return answers
    }

    @Test func tellsPlacesAndThenHowItWent() throws {
        let program = try CompiledProgram()
        let start = try program.offset(of: "outer")
        let all = try answers([program.question([start, 0])])
        guard case .places(0, let places) = all.first else {
            Issue.record("\(all)")
            return
        }
        #expect(places.map(\.offset) == [start])
        #expect(places.first?.frames.last?.name == "outer")
        #expect(all.dropFirst() == [.finished(question: 0, outcome: LineAnswer.success)])
    }

    @Test func saysWhyThereAreNone() throws {
        let program = try CompiledProgram()
        let start = try program.offset(of: "outer")
        let question = try program.question([start])
        var other = question
        other.buildID = "00" + question.buildID.dropFirst(2)
        var unnamed = question
        unnamed.buildID = ""
        var absent = question
        absent.path = "/no-such-program"
        var elsewhere = question
        elsewhere.offsets = [0]
        let plain = try CompiledProgram(options: "-O2")
        let all = try withExtendedLifetime(plain) {
            try answers([other, unnamed, absent, elsewhere, plain.question([start])])
        }
        let outcomes = ["replaced", "no_build_id", "absent", "no_lines", "no_debug_information"]
        #expect(
            all
                == outcomes.enumerated().map { .finished(question: $0.offset, outcome: $0.element) }
        )
        #expect(
            answers([question], library: nil) == [.finished(question: 0, outcome: "no_libdw")]
        )
        let over = WorkLimit(deadline: .now, steps: 0)
        #expect(!over.step())
        #expect(answers([question], limit: over) == [.finished(question: 0, outcome: "time")])
    }

    @Test func readsTheDebugFileOfAStrippedProgram() throws {
        let program = try CompiledProgram()
        let question = try program.question([program.offset(of: "outer")])
        _ = try output(
            of: "cd '\(program.directory)' && objcopy --only-keep-debug program program.debug"
                + " && objcopy --strip-all --add-gnu-debuglink=program.debug program"
        )
        let all = answers([question])
        #expect(all.last == .finished(question: 0, outcome: LineAnswer.success))
        #expect(all.count == 2)
    }

    @Test("A file whose debug information is garbage ends with an outcome")
    func garbage() throws {
        let program = try CompiledProgram()
        let question = try program.question([program.offset(of: "outer")])
        _ = try output(
            of: "cd '\(program.directory)' && head -c 300 /dev/zero | tr '\\\\0' '\\\\377' > junk"
                + " && objcopy --update-section .debug_info=junk program && rm junk"
        )
        let all = answers([question])
        #expect(all.count == 1)
        #expect(all.last != .finished(question: 0, outcome: LineAnswer.success))
    }
}
