// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ProcessDescriptionTests {
    @Test(arguments: [
        ("/usr/bin/cat", "cat"), ("cat", "cat"), ("", ""), ("/", "/"), ("/usr/bin/", "bin"),
    ])
    func takesTheLastPartOfThePath(path: String, base: String) {
        var description = ProcessDescription()
        description.executable = path
        #expect(description.executableBase == base)
    }
}
