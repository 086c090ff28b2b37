// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOPosix
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

    /// What `go tool pprof -top` prints of what a server on this host answers.
    static func pprofTop(port: Int, path: String) async throws -> CommandOutcome {
        try #require(access(Self.path, X_OK) == 0, "\(Self.path) is missing")
        let url = "'http://127.0.0.1:\(port)\(path)'"
        // It keeps what it fetched, by default in the home directory.
        let command =
            "d=$(mktemp -d); PPROF_TMPDIR=$d \(Self.path) tool pprof -top \(url) 2>&1; "
            + "code=$?; rm -r $d; exit $code"
        // Not on a thread that the server under test may need.
        return try await NIOThreadPool.singleton.runIfActive { try CommandOutcome(of: command) }
    }
}
