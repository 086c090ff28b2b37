// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Names of users by their numbers, asked for once each.
struct UserNames {
    /// Most names kept; the list begins anew where there are more.
    private static let limit = 1_024
    private static let bufferBytes = 16 * 1024

    private var known: [UInt32: String] = [:]

    /// The user's name, or the number where there is no name for it (getpwuid(3)): a container's
    /// users are often not the host's.
    mutating func name(of user: UInt32) -> String {
        if let name = known[user] { return name }
        if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
        let name = Self.look(up: user) ?? String(user)
        known[user] = name
        return name
    }

    private static func look(up user: UInt32) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: bufferBytes) { buffer in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            guard let start = buffer.baseAddress,
                getpwuid_r(user, &entry, start, buffer.count, &found) == 0,
                found != nil, let name = entry.pw_name
            else { return nil }
            return String(cString: name)
        }
    }
}
