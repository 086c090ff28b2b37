// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import SystemPackage

/// The signalfd that says "a tracee changed state".
///
/// It wakes the tracer for threads that are parked; while it waits for one stop it blocks in
/// waitid.
package enum ChildSignal {
    /// Makes the descriptor.
    package static func open() throws(Errno) -> Int32 {
        let result = cptrace_child_signal_descriptor()
        if result < 0 { throw Errno(rawValue: CInt(truncatingIfNeeded: -result)) }
        return Int32(truncatingIfNeeded: result)
    }

    /// Blocks SIGCHLD in the calling thread and those it starts, so that the descriptor gets it.
    ///
    /// A thread that doesn't block it could take the signal, so the agent does this before it
    /// starts any.
    package static func block() { _ = cptrace_block_child_signal() }

    /// Has stops of tracees raise the signal, or not.
    ///
    /// Only a parked thread needs it. During a visit it would be raised for nothing, and wake
    /// whichever thread of the program does not block it.
    static func reportStops(_ reports: Bool) { cptrace_report_stops(reports ? 1 : 0) }

    /// Empties the descriptor; the kernel keeps one SIGCHLD pending at most, so one read does.
    package static func drain(_ descriptor: Int32) {
        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 8) { buffer in
            _ = read(descriptor, buffer.baseAddress, buffer.count)
        }
    }

    /// Sleeps until a signal or for so long.
    static func wait(_ descriptor: Int32, nanoseconds: UInt64) {
        if cptrace_await_input(descriptor, Int(clamping: nanoseconds)) > 0 { drain(descriptor) }
    }
}
