// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Foundation
import Testing

@testable import Agent

/// A directory with files, gone with the value.
final class WebFixture {
    let directory: String

    init(_ files: [String: String] = [:]) throws {
        directory =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("ptarmigan-web-" + UUID().uuidString).path
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: false
        )
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)), options: .atomic)
    }

    /// What a text reads as, with the files that are here beside it.
    func read(_ text: String) throws(ConfigurationError) -> WebSecurity {
        var files = WatchedFiles()
        return try WebSecurityReader.read(Array(text.utf8), in: directory, files: &files)
    }

    /// What is wrong about a text.
    func problem(_ text: String) -> String {
        do throws(ConfigurationError) {
            _ = try read(text)
            return "nothing"
        } catch {
            return error.description
        }
    }
}
