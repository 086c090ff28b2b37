// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles

/// What `report` and `diff` have in common.
struct ReportOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("output")],
        help: "The file to write; its ending picks the format, and - is the standard output."
    )
    var output = "-"

    @Option(help: "Most functions of a text table.")
    var top: Int?

    @Option(
        help: """
            Samples a second of files that have no times, such as folded stacks; without it only \
            their shares are known.
            """
    )
    var rate: Double?

    func validate() throws {
        if let top, top < 1 { throw ValidationError("--top must be at least 1") }
        if let rate, !(rate >= SamplingRate.lowest.hertz && rate <= SamplingRate.highest.hertz) {
            throw ValidationError("--rate must be between 1/60 and 10000 a second")
        }
    }

    /// What a sample of a file without times stands for; 0 where nobody says so.
    var periodNanoseconds: UInt64 { rate.map { UInt64((1e9 / $0).rounded()) } ?? 0 }

    /// Refuses what would have no effect.
    func check(isText: Bool) throws {
        guard top == nil || isText else {
            throw Failure(.usage, "--top is for text tables; leave it out or add -f text")
        }
    }

    /// Refuses to read the standard input twice.
    static func check(inputs: [String]) throws {
        guard inputs.count(where: { $0 == "-" }) < 2 else {
            throw ValidationError("the standard input, -, can be read once only")
        }
    }
}
