// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a thread was found waiting in last, and for how long nothing was heard of the thread.
///
/// A thread that waits on is heard of in each window, though it is not looked at: its wait goes
/// over into the next window. One that has ended is not reported, and is forgotten for its silence.
package struct OngoingWait<Key: WindowKey>: Sendable {
    /// Nil where it is not known, or the thread runs.
    package private(set) var key: Key?
    private var silentWindows = 0

    /// After so many silent windows a thread counts as ended.
    private static var silenceLimit: Int { 2 }

    package init() {}

    /// Notes a sign of life.
    package mutating func hear() { silentWindows = 0 }

    /// Notes what it waits in now.
    package mutating func begin(_ key: Key?) { self.key = key }

    /// What goes over into the next window; nil where there is nothing to keep.
    package var kept: Self? {
        guard key != nil, silentWindows < Self.silenceLimit else { return nil }
        var kept = self
        kept.silentWindows += 1
        return kept
    }
}
