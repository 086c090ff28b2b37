// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// Runs Go's pprof, which the tests require to be installed.
enum GoTool {
    private static let path = "/usr/bin/go"

    /// What `go tool pprof` prints of a profile.
    static func pprof(_ options: String, _ bytes: [UInt8]) throws -> CommandOutcome {
        try #require(access(path, X_OK) == 0, "\(path) is missing: install Debian's golang-go")
        let input = try TemporaryFile(bytes)
        // Both are made here, so the shell has nothing to interpret.
        return try CommandOutcome(of: "TZ=UTC \(path) tool pprof \(options) \(input.path) 2>&1")
    }
}
