// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What is asked of the running sampler: it picks from what is sampled already, and can neither
/// name a process nor start, speed up or prolong any sampling.
package struct ProfileRequest: Hashable, Sendable {
    package enum Span: Hashable, Sendable {
        /// What will be sampled from now on, for so many seconds.
        case coming(seconds: Int)
        /// What was sampled between two instants, in nanoseconds since 1970 UTC.
        case past(from: UInt64, to: UInt64)
    }

    package var kind: Profile.Kind
    /// Nil: all groups.
    package var group: String?
    package var span: Span

    package init(kind: Profile.Kind, group: String?, span: Span) {
        self.kind = kind
        self.group = group
        self.span = span
    }
}

package enum ProfileAnswer: Sendable {
    /// What was sampled; it may be empty.
    ///
    /// Its samples have the labels `group`, `threadName` and `process`.
    case profile(Profile)
    /// No group of that name is or was sampled in that time.
    case unknownGroup
    /// The sampler has ended, or the request was cancelled.
    case unavailable(reason: String)
}

/// A group that profiles can be asked of.
package struct ProfiledGroup: Hashable, Sendable {
    package let name: String
    /// Processes that are sampled now.
    package let processCount: Int
    /// CPU time in what is kept of it.
    package let nanoseconds: UInt64

    package init(name: String, processCount: Int, nanoseconds: UInt64) {
        self.name = name
        self.processCount = processCount
        self.nanoseconds = nanoseconds
    }
}

/// Where the web server gets profiles from.
package struct ProfileSource: Sendable {
    /// The groups, the busiest first.
    package var groups: @Sendable () async -> [ProfiledGroup]
    /// Waits for what is to come, and answers at once for what was.
    ///
    /// Cancelling the task ends the wait.
    package var profile: @Sendable (ProfileRequest) async -> ProfileAnswer
    /// The oldest instant of which anything is kept, in nanoseconds since 1970 UTC; nil for none.
    package var oldest: @Sendable () async -> UInt64?
    /// What is sampled, and what is not and why.
    package var targets: @Sendable () async -> TargetTable

    package init(
        groups: @escaping @Sendable () async -> [ProfiledGroup],
        profile: @escaping @Sendable (ProfileRequest) async -> ProfileAnswer,
        oldest: @escaping @Sendable () async -> UInt64?,
        targets: @escaping @Sendable () async -> TargetTable
    ) {
        self.groups = groups
        self.profile = profile
        self.oldest = oldest
        self.targets = targets
    }
}
