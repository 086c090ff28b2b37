// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import SystemPackage

/// The limit on open descriptors of the agent (`RLIMIT_NOFILE`, getrlimit(2)).
package struct DescriptorLimit: Hashable, Sendable {
    /// The limit that was in force before: a command that the agent launches must get it back,
    /// since programs that use select(2) break on descriptors above 1,023.
    package let softBefore: UInt64

    /// The limit in force now.
    package let soft: UInt64

    /// The most descriptors worth having: three for each of some 20,000 threads.
    package static let defaultMaximum: UInt64 = 65_536

    /// Raises the soft limit to the hard one, or to `maximum` if that is lower; never lowers it.
    package static func raise(
        maximum: UInt64 = defaultMaximum
    ) throws(Errno) -> DescriptorLimit {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw Errno(rawValue: errno)
        }
        let before = UInt64(limit.rlim_cur)
        let wanted = max(before, min(UInt64(limit.rlim_max), maximum))
        guard wanted > before else { return DescriptorLimit(softBefore: before, soft: before) }
        limit.rlim_cur = rlim_t(wanted)
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw Errno(rawValue: errno)
        }
        return DescriptorLimit(softBefore: before, soft: wanted)
    }

    /// How many descriptors a cache may keep under this limit.
    ///
    /// 256 stay free for mapped files, connections and the logs; under a small limit, half.
    package var cacheCapacity: Int {
        let headroom = min(256, soft / 2)
        return Int(clamping: min(soft - headroom, Self.defaultMaximum))
    }
}
