// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `ptarmigan lines`: the process that reads debug information for a recording, and may die of it.
struct LinesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lines",
        abstract: "Started by other commands.",
        shouldDisplay: false
    )

    func run() throws {
        SourceLines.limitHelper()
        SourceLines.answer(through: HelperProcess.pageDescriptor)
    }
}
