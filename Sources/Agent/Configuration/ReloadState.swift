// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether the configuration in force is the one in the file.
final class ReloadState: Sendable {
    /// The latest attempt to read the configuration.
    struct Outcome: Sendable {
        var isSuccessful: Bool
        /// When it was last read without an error; seconds since the epoch.
        var succeededAtSeconds: Double
    }

    private let state: Mutex<Outcome>

    /// Begins with the configuration that the agent starts with.
    init(startedAtSeconds: Double) {
        state = Mutex(Outcome(isSuccessful: true, succeededAtSeconds: startedAtSeconds))
    }

    var outcome: Outcome { state.withLock { $0 } }

    func noteSuccess(atSeconds seconds: Double) {
        state.withLock { $0 = Outcome(isSuccessful: true, succeededAtSeconds: seconds) }
    }

    func noteFailure() { state.withLock { $0.isSuccessful = false } }
}
