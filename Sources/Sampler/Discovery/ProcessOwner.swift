// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Whose process it is, as the kernel says at one time.
package struct ProcessOwner: Equatable, Sendable {
    /// When the process began: with its number, what tells it from any other.
    package let startTime: StartTime
    /// The user that all ids of all its threads are; nil where they differ, or are too many to
    /// tell.
    package let user: UInt32?

    /// The user that the kernel shows for all those that this namespace has no number for.
    private static let unknownUser: UInt32 = 65_534
    /// Threads of which the users are read.
    private static let threadLimit = 4_096

    package init(startTime: StartTime, user: UInt32?) {
        self.startTime = startTime
        self.user = user
    }

    /// Whether a user may have this process sampled: root any, others their own.
    ///
    /// A process that can become somebody else, or was, has that user among its ids, and is not
    /// one's own.
    package func permits(_ asking: UInt32) -> Bool {
        asking == 0 || (asking == user && asking != Self.unknownUser)
    }

    /// Reads it; nil if there is no such process, or another one took its place meanwhile.
    package static func read(
        _ process: ProcessID,
        with reader: inout ProcReader,
        scan: ProcessScan
    ) -> ProcessOwner? {
        guard let before = reader.stat(of: process).value else { return nil }
        var threads: [ThreadID] = []
        let bounded = ProcessScan(root: scan.root, maximumThreads: threadLimit)
        let isWhole = bounded.list(threadsOf: process, into: &threads) == .complete
        var users: Set<UInt32?> = []
        for thread in threads {
            // Any thread's number names a directory.
            switch reader.status(of: ProcessID(thread.rawValue)) {
            case .value(let status): users.formUnion(status.users?.all ?? [nil])
            // It has ended, and can do nothing any more.
            case .gone: break
            case .notPermitted, .unreadable, .failed: users.insert(nil)
            }
        }
        guard reader.stat(of: process).value?.startTime == before.startTime else { return nil }
        let user = isWhole && users.count == 1 ? users.first ?? nil : nil
        return ProcessOwner(startTime: before.startTime, user: user)
    }
}

extension UserIDs {
    /// Each of them.
    var all: [UInt32?] { [real, effective, saved, fileSystem] }
}
