// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The state letter of a thread in `/proc/PID/stat` and `status` (proc(5)).
package enum TaskState: Hashable, Sendable, CaseIterable {
    /// R: on a CPU or queued for one.
    case running
    /// S: in a wait that a signal ends.
    case sleeping
    /// D: in a wait that only its own event ends.
    case uninterruptible
    /// T: stopped by a job control signal.
    case stopped
    /// The small t: stopped by a tracer.
    case tracingStop
    /// Z: exited, not yet collected by its parent.
    case zombie
    /// X (or x): being removed.
    case dead
    /// I: a kernel thread that idles.
    case idle
    /// P: parked kernel thread.
    case parked
    /// A letter of an older or newer kernel.
    case other

    /// The state that a letter names; letters nobody knows are `.other`.
    package init(letter: UInt8) {
        self =
            switch letter {
            case UInt8(ascii: "R"): .running
            case UInt8(ascii: "S"): .sleeping
            case UInt8(ascii: "D"): .uninterruptible
            case UInt8(ascii: "T"): .stopped
            case UInt8(ascii: "t"): .tracingStop
            case UInt8(ascii: "Z"): .zombie
            case UInt8(ascii: "X"), UInt8(ascii: "x"): .dead
            case UInt8(ascii: "I"): .idle
            case UInt8(ascii: "P"): .parked
            default: .other
            }
    }

    /// The class that is counted.
    package var threadClass: ThreadClass {
        switch self {
        case .running: .running
        case .sleeping, .idle: .sleeping
        case .uninterruptible: .blocked
        case .stopped, .tracingStop: .stopped
        case .zombie, .dead, .parked, .other: .other
        }
    }

    /// Whether the thread will never run again.
    package var hasExited: Bool { self == .zombie || self == .dead }
}
