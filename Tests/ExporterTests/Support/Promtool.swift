// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// Runs Prometheus' own checker, which the tests require to be installed.
enum Promtool {
    /// Where the test dependencies are unpacked, or else where Debian's package puts it.
    static let path: String = {
        // This file is in Tests/ExporterTests/Support/.
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let unpacked = root + "/.build-tools/prometheus/usr/bin/promtool"
        return access(unpacked, X_OK) == 0 ? unpacked : "/usr/bin/promtool"
    }()

    /// What a run ended with: the exit code, or nil if it did not end by itself; and its output.
    struct Outcome {
        let exitCode: Int32?
        let output: String
    }

    /// Gives the text format to `promtool check metrics`.
    static func checkMetrics(_ bytes: [UInt8]) throws -> Outcome {
        try #require(access(path, X_OK) == 0, "\(path) is missing: install Debian's prometheus")
        let directory = try makeDirectory()
        let input = directory + "/metrics.txt"
        defer {
            unlink(input)
            rmdir(directory)
        }
        let file = try #require(fopen(input, "wb"))
        let written = fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        try #require(written == bytes.count)

        // Both paths are made here, so the shell has nothing to interpret.
        let command = "\(path) check metrics < \(input) 2>&1"
        let pipe = try #require(popen(command, "re"))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
            output += buffer.prefix(count)
        }
        let status = pclose(pipe)
        // wait(2): the low seven bits are the signal, the next byte is the exit code.
        let exitCode = status & 0x7f == 0 ? (status >> 8) & 0xff : nil
        return Outcome(exitCode: exitCode, output: String(decoding: output, as: UTF8.self))
    }

    private static func makeDirectory() throws -> String {
        var template = Array("/tmp/ptarmigan-promtool-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
