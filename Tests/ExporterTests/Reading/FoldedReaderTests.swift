// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("FoldedReader")
struct FoldedReaderTests {
    private func read(_ text: String, period: UInt64 = 0) throws -> Profile {
        var hints = ReadProfiles.hints
        hints.periodNanoseconds = period
        return try ProfileReader.read(Array(text.utf8), hints: hints)
    }

    @Test("reads what this program writes")
    func roundTrip() throws {
        let bytes = FoldedFormat.encode(SampleProfiles.busy)
        let read = try ProfileReader.read(bytes, hints: ReadProfiles.hints)
        #expect(FoldedFormat.encode(read) == bytes)
        #expect(read.target == "a file")
        #expect(!read.hasClock)
        #expect(read.incompleteWeight.samples == 23)
        let inlined = read.locations.first { $0.lines.count == 2 }
        #expect(inlined?.lines.map { read.functions[$0.function].name } == ["hot_thirty", "outer"])
    }

    @Test("reads what perf's scripts write")
    func perf() throws {
        let text = """
            # a comment
            swapper;cpuidle_enter;intel_idle_[k] 123
            java;Foo::bar(int, char const*);operator new 4\r

            java;[unknown] 7.9
            """
        let read = try read(text)
        #expect(
            ReadProfiles.stacks(read)
                == "java;Foo::bar(int, char const*);operator new 4\njava;[unknown] 7\n"
                + "swapper;cpuidle_enter;intel_idle_[k] 123\n"
        )
    }

    @Test("a number is samples, and time only where somebody says how much")
    func weights() throws {
        let plain = try read("a;b 3\n")
        #expect(plain.nanoseconds == 3 && plain.sampleCount == 3 && !plain.hasClock)
        let timed = try read("a;b 3\n", period: 1_000)
        #expect(timed.nanoseconds == 3_000 && timed.sampleCount == 3 && timed.hasClock)
        #expect(timed.periodNanoseconds == 1_000)
        let large = try read("a \(UInt64.max)\na 1\n", period: .max)
        #expect(FunctionTable(large).weight.samples >= 0)
    }

    @Test("names the line that is no stack")
    func damagedLine() {
        #expect(throws: ProfileReadFailure.damagedLine(3)) { try read("a;b 1\n\na;b x\n") }
        #expect(throws: ProfileReadFailure.damagedLine(2)) { try read("a;b 1\nab\n") }
        #expect(throws: ProfileReadFailure.damagedLine(2)) {
            try read("a;b 1\na;b 99999999999999999999\n")
        }
        #expect(throws: ProfileReadFailure.unknownFormat) { try read("what is this?\n") }
        #expect(throws: ProfileReadFailure.unknownFormat) { try read(" 12\n") }
        #expect(throws: ProfileReadFailure.empty) { try read("# nothing\n") }
    }

    @Test("whatever is cut short or changed is read or refused")
    func hostile() {
        let bytes = FoldedFormat.encode(SampleProfiles.changed)
        for count in stride(from: 0, to: bytes.count, by: 13) {
            ReadProfiles.use(Array(bytes.prefix(count)))
        }
        for seed in 0..<100 as Range<UInt64> {
            ReadProfiles.use(ReadProfiles.damaged(bytes, seed: seed))
        }
        ReadProfiles.use(Array(";;; 1\n_[i];_[i] 2\n_[i] 3\n; 4\n[broken: no_rule] 5\n".utf8))
    }
}
