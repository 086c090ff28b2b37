// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// The security of the web server, read again whenever a file that it was read from has changed.
///
/// Each request and each connection asks for it. What can't be used changes nothing: the former one
/// stays in force. A running server never gives up what protects it, since a file that is just
/// being written can look as if it said so.
package final class WebSecuritySource: Sendable {
    /// What came of reading the files.
    package struct Reading: Sendable {
        /// All files that were looked at, also where one of them was wrong; the first names them.
        package var files: [WatchedFile]
        package var outcome: Result<WebSecurity, WebSecurityProblem>

        package init(files: [WatchedFile], outcome: Result<WebSecurity, WebSecurityProblem>) {
            self.files = files
            self.outcome = outcome
        }
    }

    /// How many passwords may wait for their check, the one in work included.
    static let maximumPendingChecks = 16

    /// What was counted since the start.
    package let counter = WebSecurityCounter()

    private struct State: Sendable {
        var loaded: LoadedSecurity
        var files: [WatchedFile]
    }

    private let read: @Sendable () -> Reading
    /// Whether there has never been a connection without a certificate of the client.
    private let verifiesFromStart: Bool
    private let worker = SerialWorker(maximumPending: maximumPendingChecks)
    private let state: Mutex<State>

    /// Reads it for the first time.
    ///
    /// - Throws: `WebSecurityProblem` if it can't be used.
    package init(read: @escaping @Sendable () -> Reading) throws(WebSecurityProblem) {
        self.read = read
        let reading = read()
        let security = try reading.outcome.get()
        let loaded: LoadedSecurity
        do throws(WebSecurityProblem) {
            loaded = try LoadedSecurity(security, worker: worker, counter: counter)
        } catch {
            throw error.named(by: reading)
        }
        verifiesFromStart = security.verifiesClients
        state = Mutex(State(loaded: loaded, files: reading.files))
    }

    /// Whether connections are encrypted, which does not change while the server runs.
    package var isEncrypted: Bool { state.withLock { $0.loaded.context != nil } }

    /// Whether every client shows who it is; once true, it stays so while the server runs.
    package var everyClientAuthenticates: Bool {
        // A connection that was made before certificates were required is still there.
        verifiesFromStart || state.withLock { !$0.loaded.security.users.isEmpty }
    }

    /// What is in force now.
    func current(logger: Logger) -> LoadedSecurity {
        state.withLock { state in
            if !state.files.allSatisfy(\.isUnchanged) { reload(&state, logger: logger) }
            return state.loaded
        }
    }

    private func reload(_ state: inout State, logger: Logger) {
        let reading = read()
        // Also after an error: the same file would have it again.
        state.files = reading.files
        let security: WebSecurity
        switch reading.outcome {
        case .success(let read): security = read
        case .failure(let problem): return refuse(problem, logger: logger)
        }
        let former = state.loaded.security
        guard security != former else { return }
        do throws(WebSecurityProblem) {
            guard (security.tls == nil) == (former.tls == nil) else {
                throw WebSecurityProblem(
                    "tls_server_config can't come or go while the agent runs; start it again"
                )
            }
            // One in the place of the other would let connections in that have shown neither.
            guard former.users.isEmpty || !security.users.isEmpty else {
                throw WebSecurityProblem(
                    "basic_auth_users can't be given up while the agent runs; start it again"
                )
            }
            guard security.verifiesClients || !former.verifiesClients else {
                throw WebSecurityProblem(
                    "RequireAndVerifyClientCert can't be given up while the agent runs; "
                        + "start it again"
                )
            }
            state.loaded = try LoadedSecurity(security, worker: worker, counter: counter)
            logger.notice("Read the web configuration again")
        } catch {
            refuse(error.named(by: reading), logger: logger)
        }
    }

    private func refuse(_ problem: WebSecurityProblem, logger: Logger) {
        counter.countReloadFailure()
        logger.error("\(problem); the former web configuration stays in force")
    }
}

extension WebSecurityProblem {
    /// With the file's name before it, as what is wrong in the file itself has it.
    fileprivate func named(by reading: WebSecuritySource.Reading) -> WebSecurityProblem {
        guard let file = reading.files.first else { return self }
        return WebSecurityProblem("\(file.path): \(description)")
    }
}
