// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles
internal import SystemPackage

/// One thread to be visited, with what the look at it found.
package struct VisitRequest: Sendable {
    package let process: ProcessID
    package let thread: ThreadID
    /// When the look read that the thread runs.
    package let lookedAt: MonotonicInstant
    /// A kept descriptor of the thread's `schedstat`, read again while it is stopped; -1 for none.
    package let schedulerStatistics: Int32
    /// A kept descriptor of the thread's `syscall`, for a second look if attaching took long; -1
    /// for none.
    package let systemCall: Int32
    /// Whether the thread last ran on the CPU that the tracer is on: then spinning would keep it
    /// from ever reaching the stop.
    package let sharesCPU: Bool
    /// Most bytes of stack to copy; never more than `EngineSettings.stackBytes`.
    package let stackBytes: Int

    package init(
        process: ProcessID,
        thread: ThreadID,
        lookedAt: MonotonicInstant,
        schedulerStatistics: Int32 = -1,
        systemCall: Int32 = -1,
        sharesCPU: Bool = false,
        stackBytes: Int = .max
    ) {
        self.process = process
        self.thread = thread
        self.lookedAt = lookedAt
        self.schedulerStatistics = schedulerStatistics
        self.systemCall = systemCall
        self.sharesCPU = sharesCPU
        self.stackBytes = max(0, stackBytes)
    }
}

/// What a visit saw, filled in place so that nothing is allocated while the thread is held.
package struct Visit: Sendable {
    package var registers = RegisterSet()
    package var kind = StopKind.interrupt
    /// What became of an interrupted call; nil if none was.
    package var repair: RepairOutcome?
    /// Bytes of stack in the engine's slab; 0 if none were asked for or readable.
    package var stackByteCount = 0
    /// The address of the slab's first byte.
    package var stackBase = Address(0)
    /// Bytes of `schedstat`, read while the thread was held.
    package var statistics = InlineArray<64, UInt8>(repeating: 0)
    package var statisticsByteCount = 0
    package var seizedAt = MonotonicInstant(nanoseconds: 0)
    package var interruptedAt = MonotonicInstant(nanoseconds: 0)
    package var stoppedAt = MonotonicInstant(nanoseconds: 0)
    package var resumedAt = MonotonicInstant(nanoseconds: 0)

    /// From the interrupt to the return of the detach: an upper bound of what the thread lost.
    package var pauseNanoseconds: UInt64 { resumedAt.nanoseconds(since: interruptedAt) }

    package init() {}
}

/// How a visit ended; only `sampled` left something in `Visit`.
package enum VisitOutcome: Sendable, Equatable {
    case sampled
    /// The process was stopped by somebody; it was left so.
    case groupStopped
    /// The thread ended, or was killed, during the visit.
    case exited
    /// Too long ago since the look, or the thread blocked meanwhile; nothing was stopped.
    case staleLook
    /// The thread did not stop in time and is parked.
    case parked(ParkReason)
    /// The kernel refused the attach.
    case refused(AttachRefusal)
    /// Too many threads are parked.
    case full
}

/// Why the kernel refused to attach, by errno (ptrace(2)); `EPERM` has causes that only a look at
/// the thread can tell apart.
package enum AttachRefusal: Sendable, Equatable {
    case notPermitted
    case gone
    /// Another error, such as EIO where a sandbox knows no PTRACE_SEIZE.
    case unsupported(errno: Int32)
}

extension AttachRefusal {
    init(_ error: Errno) {
        switch error {
        case .notPermitted, .permissionDenied: self = .notPermitted
        case .noSuchProcess: self = .gone
        default: self = .unsupported(errno: error.rawValue)
        }
    }

    /// Whether it will be so for every thread and at any time.
    var isLasting: Bool {
        if case .unsupported = self { true } else { false }
    }
}
