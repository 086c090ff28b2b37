// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles
internal import Synchronization
package import SystemPackage

/// Bounds a blocking waitid, which has no timeout of its own.
///
/// The plain blocking wait is the quickest way to hear of a stop on a saturated host: through a
/// signalfd or sigtimedwait(2) the target was measured to lose 10 to 25 us more (docs/SAFETY.md).
/// So a timer (timer_create(2), SIGEV_THREAD_ID) interrupts the wait of its own thread.
package struct DeadlineTimer: ~Copyable {
    private let timer: UnsafeMutableRawPointer?
    /// Most waits spin and end before the timer is needed; then to disarm it would be a call for
    /// nothing.
    private let isArmed = Atomic(false)

    /// Makes a timer that interrupts the blocking calls of a thread of this process.
    package init(thread: ThreadID) throws(Errno) {
        var timer: UnsafeMutableRawPointer?
        // Another thread has to see to this itself, as the tracer's does.
        if thread.rawValue == cptrace_gettid() { _ = cptrace_admit_wakeups() }
        let result = cptrace_create_wakeup_timer(thread.rawValue, &timer)
        if result < 0 { throw Errno(rawValue: CInt(truncatingIfNeeded: -result)) }
        self.timer = timer
    }

    /// The least time from one shot to the next, many times what the thread needs to take one: it
    /// would do nothing else, and never come to disarm the timer.
    private static let shortestPeriodNanoseconds = 100_000

    /// Has the timer fire after so long, and again and again after that: a shot that comes before
    /// the thread blocks would be lost.
    borrowing func arm(nanoseconds: UInt64) {
        isArmed.store(true, ordering: .relaxed)
        let first = Int(clamping: max(nanoseconds, 1))
        cptrace_set_timer(timer, first, max(first, Self.shortestPeriodNanoseconds))
    }

    borrowing func disarm() {
        guard isArmed.exchange(false, ordering: .relaxed) else { return }
        cptrace_set_timer(timer, 0, 0)
    }

    deinit { timer_delete(timer) }
}
