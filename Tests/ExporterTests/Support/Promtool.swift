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

    /// Gives the text format to `promtool check metrics`.
    static func checkMetrics(_ bytes: [UInt8]) throws -> CommandOutcome {
        try #require(access(path, X_OK) == 0, "\(path) is missing: install Debian's prometheus")
        let input = try TemporaryFile(bytes)
        // Both paths are made here, so the shell has nothing to interpret.
        return try CommandOutcome(of: "\(path) check metrics < \(input.path) 2>&1")
    }
}
