// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Agent

@Suite struct RecordingOutputTests {
    private let profile = ProfileBuilder(
        kind: .cpu,
        startNanoseconds: 1,
        periodNanoseconds: 10_000_000,
        target: "x"
    )
    .build()

    /// A directory of the test's own.
    private func directory() throws -> String {
        var template = Array("/tmp/ptarmigan-output-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func entries(_ path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    @Test func writesTheFileAndNothingElse() throws {
        let directory = try directory()
        let output = try RecordingOutput(path: directory + "/a.svg", format: nil)
        #expect(entries(directory).isEmpty, "nothing is there before there is a profile")
        try output.write(profile)
        #expect(entries(directory) == ["a.svg"])
        unlink(directory + "/a.svg")
        rmdir(directory)
    }

    @Test func refusesWhatItCannotWriteBeforeAnythingIsRecorded() {
        #expect(throws: Failure.self) {
            try RecordingOutput(path: "/no/such/directory/a.svg", format: nil)
        }
        #expect(throws: Failure.self) { try RecordingOutput(path: "/tmp/a.unknown", format: nil) }
    }

    @Test func takesAnyNameWithAFormat() throws {
        let directory = try directory()
        let output = try RecordingOutput(path: directory + "/a", format: .text)
        try output.write(profile)
        #expect(entries(directory) == ["a"])
        unlink(directory + "/a")
        rmdir(directory)
    }
}
