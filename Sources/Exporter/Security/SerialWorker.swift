// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Does long work one piece after the other, on a thread that serves no connection.
///
/// As many pieces as may wait do; one more is refused at once, so that callers know.
final class SerialWorker: Sendable {
    private let limit: ConcurrencyLimit
    private let queue = DispatchQueue(label: "ptarmigan.passwords")

    /// - Parameter maximumPending: how many pieces there may be, the one in work included.
    init(maximumPending: Int) { limit = ConcurrencyLimit(maximumPending) }

    /// How many pieces there are now.
    var pendingCount: Int { limit.count }

    /// The result of the work, or nil if too much is pending.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        await limit.run {
            await withCheckedContinuation { continuation in
                queue.async { continuation.resume(returning: work()) }
            }
        }
    }
}
