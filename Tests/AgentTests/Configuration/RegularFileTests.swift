// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Foundation
import Testing

@testable import Agent

@Suite struct RegularFileTests {
    @Test func readsAFileAndSaysWhichItWas() throws {
        let fixture = try WebFixture(["a": "text"])
        let contents = try RegularFile.read(fixture.path("a"), upTo: 4)
        #expect(contents.bytes == Array("text".utf8))
        #expect(contents.stamp == FileStamp(path: fixture.path("a")))
    }

    @Test func refusesWhatIsTooLong() throws {
        let fixture = try WebFixture(["a": "text"])
        let error = #expect(throws: Failure.self) {
            try RegularFile.read(fixture.path("a"), upTo: 3)
        }
        #expect(error?.message == "\(fixture.path("a")) has more than 3 bytes")
    }

    @Test(arguments: ["/nonexistent", "/dev", "/dev/null"])
    func refusesWhatIsNoRegularFile(path: String) {
        #expect(throws: Failure.self) { try RegularFile.read(path, upTo: 100) }
    }
}
