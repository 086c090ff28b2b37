// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Decides by its Authorization header whether a request is from a user.
///
/// A user that there is not costs one bcrypt, as a wrong password does, so that time tells nobody
/// who the users are. Checks run one after the other, whatever comes in at the same time.
final class BasicAuthentication: Sendable {
    /// What became of a request's credentials.
    enum Outcome: Sendable {
        case allowed
        case denied

        /// Too many checks wait.
        case busy
    }

    /// How many results of each kind are kept.
    static let cacheLimit = 256

    private let users: [String: BcryptHash]
    private let decoy: BcryptHash
    private let cache = Mutex(VerdictCache(maximumCount: cacheLimit))
    private let worker: SerialWorker
    private let counter: WebSecurityCounter

    /// - Parameters:
    ///   - worker: runs bcrypt; it is shared by all that do.
    ///   - counter: counts each run.
    init(users: [String: BcryptHash], worker: SerialWorker, counter: WebSecurityCounter) {
        self.users = users
        decoy = .decoy(cost: users.values.map(\.cost).max() ?? 10)
        self.worker = worker
        self.counter = counter
    }

    /// Decides on a header; nil for none.
    func decide(on header: String?) async -> Outcome {
        guard let header, let credentials = BasicCredentials(header: header) else {
            return .denied
        }
        let known = users[credentials.user]
        let hash = known ?? decoy
        let key = cache.withLock { $0.key(of: credentials, for: hash) }
        var verdict = verdict(on: key)
        if verdict == nil {
            verdict = await worker.run { [self] in
                // The same may have been checked while this waited.
                if let verdict = self.verdict(on: key) { return verdict }
                counter.countPasswordCheck()
                let verdict = hash.matches(credentials.password) && known != nil
                cache.withLock { $0.note(verdict, on: key) }
                return verdict
            }
        }
        return switch verdict {
        case true: .allowed
        case false: .denied
        case nil: .busy
        }
    }

    private func verdict(on key: VerdictCache.Key) -> Bool? {
        cache.withLock { $0.verdict(on: key) }
    }
}
