// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOSSL
import Synchronization

/// A web configuration in force, with what is made of it once.
final class LoadedSecurity: Sendable {
    let security: WebSecurity

    /// What connections are encrypted with; nil if they are not.
    let context: NIOSSLContext?

    /// Nil if the server asks for no user.
    let authentication: BasicAuthentication?

    /// The configured headers of answers.
    let headers: HTTPFields

    private let bucket: Mutex<TokenBucket?>

    /// - Throws: `WebSecurityProblem` where certificates or keys are wrong.
    init(
        _ security: WebSecurity,
        worker: SerialWorker,
        counter: WebSecurityCounter
    ) throws(WebSecurityProblem) {
        self.security = security
        if let tls = security.tls {
            context = try TLSContext.make(tls)
        } else {
            context = nil
        }
        authentication =
            security.users.isEmpty
            ? nil : BasicAuthentication(users: security.users, worker: worker, counter: counter)
        headers = HTTPFields(security.headers)
        bucket = Mutex(security.rateLimit.map(TokenBucket.init))
    }

    /// Whether the rate limit lets a request pass.
    func admits(at now: ContinuousClock.Instant) -> Bool {
        bucket.withLock { bucket in bucket?.take(at: now) ?? true }
    }
}
