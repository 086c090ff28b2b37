// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Which credentials were found right or wrong, without the credentials.
///
/// A key is two hashes of 64 bits, each begun with a secret of its own: 128 bits that nobody
/// outside can find two texts for, and from which no password can be had. Wrong ones can't push
/// right ones out, of which there are hardly more than users.
struct VerdictCache: Sendable {
    /// What stands for a user, the stored hash and a password.
    struct Key: Hashable, Sendable {
        fileprivate let first: Int
        fileprivate let second: Int
    }

    private let maximumCount: Int
    private let secrets: [UInt64]
    private var right: Set<Key> = []
    private var wrong: Set<Key> = []

    /// - Parameter maximumCount: how many of each kind are kept.
    init(maximumCount: Int) {
        self.maximumCount = maximumCount
        secrets = (0..<4).map { _ in UInt64.random(in: .min ... .max) }
    }

    /// How many are kept now.
    var count: Int { right.count + wrong.count }

    /// The key of credentials.
    func key(of credentials: BasicCredentials, for hash: BcryptHash) -> Key {
        Key(
            first: digest(credentials, hash, secrets.prefix(2)),
            second: digest(credentials, hash, secrets.suffix(2))
        )
    }

    /// What was found, if it was.
    func verdict(on key: Key) -> Bool? {
        if right.contains(key) { return true }
        return wrong.contains(key) ? false : nil
    }

    /// Keeps what was found.
    mutating func note(_ verdict: Bool, on key: Key) {
        if verdict {
            Self.insert(key, into: &right, maximumCount: maximumCount)
        } else {
            Self.insert(key, into: &wrong, maximumCount: maximumCount)
        }
    }

    private static func insert(_ key: Key, into keys: inout Set<Key>, maximumCount: Int) {
        // Which to forget is of no consequence: it costs one check more.
        if keys.count >= maximumCount { keys.removeAll(keepingCapacity: true) }
        keys.insert(key)
    }

    private func digest(
        _ credentials: BasicCredentials,
        _ hash: BcryptHash,
        _ secrets: ArraySlice<UInt64>
    ) -> Int {
        var hasher = Hasher()
        hasher.combine(Array(secrets))
        hasher.combine(credentials.user)
        hasher.combine(hash)
        hasher.combine(credentials.password)
        return hasher.finalize()
    }
}
