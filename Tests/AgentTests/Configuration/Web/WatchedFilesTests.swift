// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@testable import Agent

@Suite struct WatchedFilesTests {
    @Test func keepsWhatWasReadAndWhatCouldNotBe() throws {
        let fixture = try WebFixture(["a": "text"])
        var files = WatchedFiles()
        #expect(try files.read(fixture.path("a")) == Array("text".utf8))
        #expect(throws: Failure.self) { try files.read(fixture.path("b")) }
        #expect(throws: Failure.self) { try files.read("/dev/null") }
        #expect(
            files.all == [
                WatchedFile(path: fixture.path("a"), stamp: FileStamp(path: fixture.path("a"))),
                WatchedFile(path: fixture.path("b"), stamp: nil),
                WatchedFile(path: "/dev/null", stamp: FileStamp(path: "/dev/null")),
            ]
        )
    }
}
