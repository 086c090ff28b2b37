// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

@testable import Agent

@Suite struct ConfigurationFileTests {
    private func withFile(_ bytes: [UInt8], _ body: (ConfigurationFile) -> Void) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("ptarmigan-" + UUID().uuidString + ".yml").path
        try #require(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
        defer { unlink(path) }
        body(ConfigurationFile(path: path))
    }

    private func message(_ file: ConfigurationFile) -> String {
        do throws(Failure) {
            _ = try file.read()
            return "read"
        } catch {
            return error.message
        }
    }

    @Test func readsAFile() throws {
        try withFile(Array("rate: 49\n".utf8)) { #expect((try? $0.read())?.rate == 49) }
    }

    @Test func namesTheFileAndTheLine() throws {
        try withFile(Array("\nrat: 49\n".utf8)) {
            #expect(message($0).hasPrefix("\($0.path): line 2: 'rat' is not known"))
        }
    }

    @Test func boundsItsSize() throws {
        try withFile([UInt8](repeating: 0x20, count: AgentConfiguration.maximumBytes + 1)) {
            #expect(message($0) == "\($0.path) has more than 1048576 bytes")
        }
    }

    @Test(arguments: [
        ("/nonexistent", "/nonexistent can't be read: No such file or directory"),
        ("/dev", "/dev is no regular file"), ("/dev/null", "/dev/null is no regular file"),
    ])
    func saysWhatIsNotThere(path: String, text: String) {
        #expect(message(ConfigurationFile(path: path)) == text)
    }
}
