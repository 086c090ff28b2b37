// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Profiles

/// `ptarmigan report`: shows profiles that were recorded, or writes them in another format.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show recorded profiles, several added up, or write them in another format.",
        discussion: """
            Reads pprof (Go's too), folded stacks (perf's too), speedscope's sampled JSON, and \
            ptarmigan's own HTML; what a file is, is told by its content, and - is the standard \
            input. Prints a table of functions, unless -o or -f ask for something else.
            """
    )

    @Argument(help: "The profiles; several are added up.")
    var files: [String]

    @Option(name: [.short, .customLong("format")], help: "The format, whatever the file's ending.")
    var format: ProfileFormat?

    @OptionGroup var options: ReportOptions

    func validate() throws { try ReportOptions.check(inputs: files) }

    func run() async throws {
        try await Failure.reporting {
            let output = try RecordingOutput(path: options.output, format: format)
            try options.check(isText: output.format == .text)
            let profile = try ProfileInput.merged(
                files.map { ProfileInput(path: $0) },
                periodNanoseconds: options.periodNanoseconds
            )
            try output.write(profile, maximumRows: options.top)
        }
    }
}
