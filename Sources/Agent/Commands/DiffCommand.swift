// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles

/// `ptarmigan diff`: says what changed between two recorded profiles.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what changed between two recorded profiles.",
        discussion: """
            Compares the share of each function in its profile, and prints those whose own share \
            changed most first; changes are in percentage points. Reads what report reads. As \
            HTML, the width of a frame is the sum of all increases and decreases in it; orange \
            and + became more, blue and - became less.
            """
    )

    @Argument(help: "The profile from before.")
    var base: String

    @Argument(help: "The profile from after.")
    var new: String

    @Option(name: [.short, .customLong("format")], help: "The format, whatever the file's ending.")
    var format: DiffFormat?

    @Flag(
        inversion: .prefixedNo,
        help: "Compare shares of each profile's whole, rather than times as they are."
    )
    var normalize = true

    @OptionGroup var options: ReportOptions

    func validate() throws { try ReportOptions.check(inputs: [base, new]) }

    func run() async throws {
        try await Failure.reporting {
            guard let format = format ?? DiffFormat(path: options.output) else {
                throw Failure(
                    .usage,
                    "\(options.output) has no ending that names a format; add -f "
                        + DiffFormat.allCases.map(\.rawValue).joined(separator: "|")
                )
            }
            try options.check(isText: format == .text)
            let output = try OutputFile(path: options.output)
            let comparison = try comparison()
            try output.write(format.encode(comparison, maximumRows: options.top))
        }
    }

    /// Reads both sides.
    func comparison() throws -> ProfileComparison {
        let inputs = [base, new].map { ProfileInput(path: $0) }
        let period = options.periodNanoseconds
        let profiles = try inputs.map { try $0.read(periodNanoseconds: period) }
        // Shares can be compared whether there are times or not.
        let isComparable = normalize && profiles[0].hasClock != profiles[1].hasClock
        if !isComparable, let why = profiles[0].difference(from: profiles[1]) {
            throw Failure(
                .failed,
                "\(inputs[0].name) and \(inputs[1].name) can't be compared: \(why)"
            )
        }
        return ProfileComparison(
            base: ProfileComparison.Side(name: inputs[0].name, profile: profiles[0]),
            new: ProfileComparison.Side(name: inputs[1].name, profile: profiles[1]),
            isNormalized: normalize
        )
    }
}
