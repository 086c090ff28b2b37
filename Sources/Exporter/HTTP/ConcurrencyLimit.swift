// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets a fixed number of callers do something at the same time, and turns the others away.
final class ConcurrencyLimit: Sendable {
    private let maximum: Int
    private let current = Mutex(0)

    init(_ maximum: Int) { self.maximum = maximum }

    /// How many do it now.
    var count: Int { current.withLock { $0 } }

    /// Runs the body, or returns nil at once if the maximum are running it already.
    func run<Value: Sendable>(_ body: () async -> Value) async -> Value? {
        let isAdmitted = current.withLock { current in
            guard current < maximum else { return false }
            current += 1
            return true
        }
        guard isAdmitted else { return nil }
        defer { current.withLock { $0 -= 1 } }
        return await body()
    }
}
