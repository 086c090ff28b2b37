// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Whose system calls an agent watches in windows.
package enum WindowScope: Equatable, Sendable {
    case off
    case all
    /// Those of groups of these names.
    case groups(Set<String>)

    /// Whether a process of a group is among them.
    package func includes(_ group: GroupName) -> Bool {
        switch self {
        case .off: false
        case .all: true
        case .groups(let names): names.contains(group.text)
        }
    }
}

/// A process whose system calls are to be watched next.
package struct WindowTurn: Sendable {
    package let process: ProcessID
    /// For how long its threads may be held together.
    package let heldNanoseconds: UInt64
    /// How much CPU time the agent may use, in seconds per second.
    package let agentSecondsPerSecond: Double

    package init(process: ProcessID, heldNanoseconds: UInt64, agentSecondsPerSecond: Double) {
        self.process = process
        self.heldNanoseconds = heldNanoseconds
        self.agentSecondsPerSecond = agentSecondsPerSecond
    }
}
