// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

@testable import Exporter

/// A web configuration that tests change as they like, without a file to be read.
///
/// A real, empty file stands for its files: what changes there makes the source read again.
final class SecurityFixture: Sendable {
    /// "correct horse" and "other".
    static let hash = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"
    static let otherHash = "$2y$04$zyxwvutsrqponmlkjihgfeoEG75ieRiMxivbt62jo80oWmRUDHZ.e"

    private struct State {
        var outcome: Result<WebSecurity, WebSecurityProblem>
        var readings = 0
        var version = 0
    }

    private let state: Mutex<State>
    let path: String

    init(_ security: WebSecurity = WebSecurity()) {
        state = Mutex(State(outcome: .success(security)))
        path = "/tmp/ptarmigan-security-\(getpid())-\(UInt64.random(in: .min ... .max))"
        close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
    }

    deinit { unlink(path) }

    /// How often it was read.
    var readings: Int { state.withLock { $0.readings } }

    func source() throws -> WebSecuritySource {
        try WebSecuritySource { self.read() }
    }

    /// Changes what the next reading finds, and the file.
    func change(to outcome: Result<WebSecurity, WebSecurityProblem>) {
        state.withLock { state in
            state.outcome = outcome
            state.version += 1
            // Its size is part of a stamp, so this doesn't hang on the clock of the file system.
            truncate(path, off_t(state.version))
        }
    }

    private func read() -> WebSecuritySource.Reading {
        state.withLock { state in
            state.readings += 1
            return WebSecuritySource.Reading(
                files: [WatchedFile(path: path, stamp: FileStamp(path: path))],
                outcome: state.outcome
            )
        }
    }

    /// A configuration with one user, by name and hash.
    static func users(_ users: [String: String]) throws -> WebSecurity {
        var security = WebSecurity()
        for (name, hash) in users { security.users[name] = try BcryptHash(hash) }
        return security
    }
}
