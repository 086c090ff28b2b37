// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Testing

@testable import Agent

@Suite struct LinesCommandTests {
    @Test func isForOtherCommandsAlone() throws {
        #expect(!LinesCommand.configuration.shouldDisplay)
        #expect(try Ptarmigan.parseAsRoot(["lines"]) is LinesCommand)
    }
}
