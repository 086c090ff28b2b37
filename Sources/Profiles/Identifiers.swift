// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A process as the kernel numbers it in the agent's PID namespace (its thread group id).
package struct ProcessID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(_ rawValue: Int32) { self.rawValue = rawValue }

    package var description: String { String(rawValue) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A thread as the kernel numbers it in the agent's PID namespace.
///
/// The first thread of a process has the number of its process; the types keep the two apart.
package struct ThreadID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// The thread whose number is its process's: the one that ran `main`.
    package init(leaderOf process: ProcessID) { self.rawValue = process.rawValue }

    package var description: String { String(rawValue) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A virtual address in one process.
package struct Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    package var description: String { "0x" + String(rawValue, radix: 16) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// When a process or thread began: clock ticks since boot (proc(5), `stat` field 22).
///
/// With the number it names a process for good, since numbers are used again.
package struct StartTime: Hashable, Sendable {
    package let ticks: UInt64

    package init(ticks: UInt64) { self.ticks = ticks }
}
