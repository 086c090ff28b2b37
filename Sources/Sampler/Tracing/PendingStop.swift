// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles
internal import SystemPackage

/// A thread that is seized and whose stop has not been seen: it owes a wait and a detach.
///
/// A detach before the stop fails with ESRCH (ptrace(2)), so there are two types: this one can only
/// be settled or parked, and `StoppedThread` can only be resumed.
struct PendingStop: ~Copyable {
    let thread: ThreadID
    let method: StopMethod

    /// Attaches to a thread by PTRACE_SEIZE; it runs on.
    static func seize(_ thread: ThreadID) throws(Errno) -> PendingStop {
        try Ptrace.seize(thread)
        return PendingStop(thread: thread, method: .seize)
    }

    /// Attaches by PTRACE_ATTACH, which also asks for the stop.
    static func attach(_ thread: ThreadID) throws(Errno) -> PendingStop {
        try Ptrace.attach(thread)
        return PendingStop(thread: thread, method: .attach)
    }

    /// Takes up a tracee that was parked.
    init(adopting parked: ParkedThread) {
        self.init(thread: parked.thread, method: parked.method)
    }

    private init(thread: ThreadID, method: StopMethod) {
        self.thread = thread
        self.method = method
    }

    /// Asks for the stop.
    ///
    /// ESRCH here never means "gone": see `settle`.
    borrowing func interrupt() {
        if method == .seize { try? Ptrace.interrupt(thread) }
    }

    /// Waits for the stop, spinning first and then blocked, until the deadline.
    consuming func settle(_ wait: StopWait, timer: borrowing DeadlineTimer) -> Settled {
        let thread = thread
        let method = method
        // The timer is armed already where the wait does not spin.
        var blocks = wait.spin == nil
        while true {
            let event: TraceEvent?
            do {
                event = blocks ? try TraceEvent.await(thread) : try TraceEvent.peek(thread)
            } catch .interrupted {
                event = nil
            } catch {
                // ECHILD: an exec by this thread gave it its leader's number. Still traced.
                timer.disarm()
                return .late(self, .movedByExec)
            }
            switch event {
            case .exited:
                discard self
                timer.disarm()
                TraceEvent.reapExit(of: thread)
                return .exited
            case .stopped(_, let reported):
                guard let kind = answer(reported) else { continue }
                discard self
                return .stopped(StoppedThread(thread: thread, kind: kind, method: method))
            case nil:
                let now = MonotonicInstant.now()
                if now >= wait.deadline {
                    timer.disarm()
                    return .late(self, .lateStop)
                }
                if let spin = wait.spin, now < spin {
                    cptrace_relax()
                } else {
                    timer.arm(nanoseconds: wait.deadline.nanoseconds(since: now))
                    blocks = true
                }
            }
        }
    }

    /// Under PTRACE_ATTACH, tells our own SIGSTOP from what else may stop the thread before it.
    ///
    /// Any other signal is passed on at once, and the wait goes on (nil).
    private borrowing func answer(_ reported: StopKind) -> StopKind? {
        guard method == .attach, case .signal(let number) = reported else { return reported }
        let passedOn: Int32
        switch ClassicStop(number, of: thread) {
        case .interrupt: return .interrupt
        case .group(let signal): return .group(signal)
        case .execTrap: passedOn = 0
        case .signal(let signal): passedOn = signal
        }
        let goesOn = (try? Ptrace.continueStopped(thread, delivering: passedOn)) != nil
        // Killed meanwhile: the detach will say so.
        return goesOn ? nil : .signal(number)
    }

    /// Hands the debt over to the tracer's list of parked threads.
    consuming func park(
        process: ProcessID,
        reason: ParkReason,
        at instant: MonotonicInstant
    ) -> ParkedThread {
        let parked = ParkedThread(
            process: process,
            thread: thread,
            method: method,
            reason: reason,
            since: instant
        )
        discard self
        return parked
    }

    deinit {
        Self.failDropped(thread)
    }

    private static func failDropped(_ thread: ThreadID) {
        // A fault of this program, and the target is safe: the kernel frees a dead tracer's
        // tracees.
        fatalError("thread \(thread) was dropped while a stop of it was pending")
    }
}

/// How a wait for a stop ended.
enum Settled: ~Copyable {
    case stopped(StoppedThread)
    case late(PendingStop, ParkReason)
    case exited
}

/// How threads are stopped.
package enum StopMethod: String, Sendable, CaseIterable {
    /// PTRACE_SEIZE and PTRACE_INTERRUPT: no signal is involved.
    case seize
    /// PTRACE_ATTACH and its SIGSTOP, for kernels and sandboxes without PTRACE_SEIZE.
    case attach
}
