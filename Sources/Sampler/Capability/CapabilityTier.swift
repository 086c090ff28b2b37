// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How much of a target can be seen: what `doctor` names and each metric says.
package enum CapabilityTier: Int, Sendable, CaseIterable {
    /// Threads can be stopped, and waiting ones looked at without a stop.
    case full = 1
    /// Threads can be stopped; of the others only the state is known (no `/proc/TID/syscall`).
    case stateOnly = 2
    /// Nothing can be stopped: states and CPU times only.
    case procOnly = 3

    package init(canStop: Bool, canReadSystemCall: Bool) {
        self = !canStop ? .procOnly : canReadSystemCall ? .full : .stateOnly
    }

    /// One line for an operator.
    package var meaning: String {
        switch self {
        case .full: "threads are stopped, and where others wait is read"
        case .stateOnly: "threads are stopped; where others wait is not known"
        case .procOnly: "nothing can be stopped: states and CPU times only, no functions"
        }
    }
}
