// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles
internal import SystemPackage

/// Why a traced thread is stopped (ptrace(2), "Stopped states").
package enum StopKind: Equatable, Sendable {
    /// Our own PTRACE_INTERRUPT.
    case interrupt
    /// A signal on its way to the thread; it must be handed back at the detach.
    case signal(Int32)
    /// The whole process is stopped by a stopping signal; it must stay so.
    case group(Int32)
    /// An event that was not asked for; it is let go like an interrupt.
    case event(Int32)
}

/// The events that stop a traced thread (include/uapi/linux/ptrace.h).
enum EventNumber {
    static let fork: Int32 = 1
    static let vfork: Int32 = 2
    static let clone: Int32 = 3
    static let exec: Int32 = 4
    static let filter: Int32 = 7
}

/// What the kernel reported about a traced thread.
enum TraceEvent: Equatable {
    case stopped(ThreadID, StopKind)
    case exited(ThreadID)
}

extension TraceEvent {
    /// Looks for a stop or an exit of one tracee, or with nil of any, without blocking.
    ///
    /// The event is only looked at (WNOWAIT): a stop that a tracer consumed and then did not live
    /// to answer loses its signal. Nil when there is nothing yet; ECHILD when it is no tracee of
    /// ours.
    static func peek(_ thread: ThreadID?) throws(Errno) -> TraceEvent? {
        try wait(thread, flags: WSTOPPED | WEXITED | WNOWAIT | WNOHANG)
    }

    /// The same, blocking; EINTR when a signal arrived.
    static func await(_ thread: ThreadID?) throws(Errno) -> TraceEvent? {
        try wait(thread, flags: WSTOPPED | WEXITED | WNOWAIT)
    }

    /// Consumes the exit of a tracee, after which its real parent hears of it.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    static func reapExit(of thread: ThreadID) -> Bool {
        reap(thread, flags: cptrace_wait_own_thread)
    }

    /// The same from a thread that is not the tracer (waitid without __WNOTHREAD sees the tracees
    /// of every thread of the process: kernel/exit.c, `do_wait`).
    @discardableResult
    static func reapExitFromAnotherThread(of thread: ThreadID) -> Bool { reap(thread, flags: 0) }

    /// Consumes an event-stop, which no signal is lost with.
    ///
    /// The kernel takes no request for a thread that got its leader's number by an exec until that
    /// event was waited for (kernel/ptrace.c, `looks_like_a_spurious_pid`, since Linux 5.13).
    static func consumeEvent(of thread: ThreadID) {
        var event = cptrace_event()
        _ = cptrace_wait(
            thread.rawValue,
            WSTOPPED | WNOHANG | cptrace_wait_all | cptrace_wait_own_thread,
            &event
        )
    }

    /// Consumes the event that a program has replaced another, in which a thread that is no leader
    /// gets its leader's number.
    ///
    /// - Returns: the number that it had, if that was another one.
    static func takeExec(of thread: ThreadID) -> ThreadID? {
        consumeEvent(of: thread)
        guard let message = try? Ptrace.eventMessage(of: thread) else { return nil }
        let former = ThreadID(Int32(truncatingIfNeeded: message))
        return former == thread ? nil : former
    }

    /// Consumes the exit of a tracee and tells how it came about; nil if there was none.
    static func collectExit(of thread: ThreadID) -> ProcessExit? {
        exit(of: thread, flags: cptrace_wait_own_thread)
    }

    private static func reap(_ thread: ThreadID, flags: Int32) -> Bool {
        exit(of: thread, flags: flags) != nil
    }

    private static func exit(of thread: ThreadID, flags: Int32) -> ProcessExit? {
        var event = cptrace_event()
        let result = cptrace_wait(
            thread.rawValue,
            WEXITED | WNOHANG | cptrace_wait_all | flags,
            &event
        )
        guard result == 0, event.pid != 0 else { return nil }
        return event.code == Int32(CLD_EXITED) ? .code(event.status) : .signal(event.status)
    }

    private static func wait(_ thread: ThreadID?, flags: Int32) throws(Errno) -> TraceEvent? {
        var event = cptrace_event()
        let result = cptrace_wait(
            thread?.rawValue ?? 0,
            flags | cptrace_wait_all | cptrace_wait_own_thread,
            &event
        )
        if result < 0 { throw Errno(rawValue: CInt(truncatingIfNeeded: -result)) }
        if event.pid == 0 { return nil }
        return TraceEvent(
            thread: ThreadID(event.pid),
            code: event.code,
            status: event.status
        )
    }

    /// Reads waitid's `si_code` and `si_status`: a stop's status is `signal | event << 8`.
    init(thread: ThreadID, code: Int32, status: Int32) {
        guard code == Int32(CLD_TRAPPED) || code == Int32(CLD_STOPPED) else {
            self = .exited(thread)
            return
        }
        let signal = status & 0xff
        switch status >> 8 {
        case 0: self = .stopped(thread, .signal(signal))
        case cptrace_event_stop where signal == SIGTRAP: self = .stopped(thread, .interrupt)
        case cptrace_event_stop: self = .stopped(thread, .group(signal))
        case let event: self = .stopped(thread, .event(event))
        }
    }
}
