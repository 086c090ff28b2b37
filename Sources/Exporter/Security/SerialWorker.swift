// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Does long work one piece after the other, on a thread that serves no connection.
///
/// As many pieces as may wait do; one more is refused at once, so that callers know.
final class SerialWorker: Sendable {
    private let maximumPending: Int
    private let pending = Mutex(0)
    private let queue = DispatchQueue(label: "ptarmigan.passwords")

    /// - Parameter maximumPending: how many pieces there may be, the one in work included.
    init(maximumPending: Int) { self.maximumPending = maximumPending }

    /// How many pieces there are now.
    var pendingCount: Int { pending.withLock { $0 } }

    /// The result of the work, or nil if too much is pending.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        let isAdmitted = pending.withLock { pending in
            guard pending < maximumPending else { return false }
            pending += 1
            return true
        }
        guard isAdmitted else { return nil }
        defer { pending.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
