// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
package import Profiles
package import SystemPackage

/// Follows the system calls of a command and of all that it starts, until the last of them ends.
///
/// A seccomp filter in the command (`CallFilter`) stops each thread at the calls that were asked
/// for, once where calls are only counted. Where times and errors are wanted as well, the thread
/// then stops at that call's exit, too. All of it runs on one OS thread, which ptrace(2) binds the
/// command to; if that ends, the kernel kills the command (PTRACE_O_EXITKILL), whose calls would
/// fail with ENOSYS without a tracer.
package struct CommandCalls: ~Copyable {
    package struct Settings: Sendable {
        /// What the filter of the command stops at.
        package let calls: SystemCallSelection
        /// Whether to see each call's exit as well, for times and errors.
        package let takesTimes: Bool

        package init(calls: SystemCallSelection = .all, takesTimes: Bool = true) {
            self.calls = calls
            self.takesTimes = takesTimes
        }
    }

    package struct Outcome: Sendable {
        package var tally = CallTally()
        /// How the command itself ended; nil if that was not seen.
        package var exit: ProcessExit?
        /// From the command's exec to the last end.
        package var nanoseconds: UInt64 = 0
        /// Whether the command was started at all.
        package var hasBegun = false
        /// Threads that were followed.
        package var threads: UInt64 = 0
    }

    private struct OpenCall {
        let call: TracedCall
        let since: MonotonicInstant
    }

    private let root: ThreadID
    private let settings: Settings
    private var open: [ThreadID: OpenCall] = [:]
    private var outcome = Outcome()
    private var began = MonotonicInstant.now()
    private var events = CallEvents()

    /// Attaches to a process that waits to become the command.
    ///
    /// Must be called on the thread that then calls `run`.
    ///
    /// - Throws: the error of PTRACE_SEIZE.
    package init(root: ProcessID, settings: Settings) throws(Errno) {
        self.root = ThreadID(leaderOf: root)
        self.settings = settings
        // Where no CPU is free the tracer shares the thread's, and comes onto it at once.
        _ = TracerPriority.raise(ThreadID(cptrace_gettid()))
        // Each stop would otherwise raise SIGCHLD, which wakes whoever waits for any signal.
        ChildSignal.reportStops(false)
        try Ptrace.seize(
            self.root,
            options: cptrace_follow_options() | cptrace_filter_options()
        )
        outcome.threads = 1
    }

    /// Follows until nothing is left to be followed.
    @available(*, noasync, message: "blocks the calling thread until the command ends")
    package consuming func run() -> Outcome {
        while case .event(let event, _) = events.next() {
            switch event {
            case .exited(let thread): end(thread)
            case .stopped(let thread, let kind):
                outcome.tally.stops += 1
                events.follow(thread)
                answer(CallStop(thread: thread, kind: kind))
            }
        }
        outcome.nanoseconds = MonotonicInstant.now().nanoseconds(since: began)
        return outcome
    }

    private mutating func end(_ thread: ThreadID) {
        open[thread] = nil
        let exit = TraceEvent.collectExit(of: thread)
        if thread == root { outcome.exit = exit }
    }

    private mutating func answer(_ stop: consuming CallStop) {
        switch stop.kind {
        case .signal(CallStop.callSignal):
            close(stop.thread)
            stop.run(to: .filter)
        case .event(EventNumber.filter):
            enter(stop)
        case .event(EventNumber.exec):
            followExec(of: stop.thread)
            resume(stop)
        case .event(EventNumber.fork), .event(EventNumber.vfork), .event(EventNumber.clone):
            outcome.threads += 1
            resume(stop)
        case .signal:
            repair(stop.thread)
            resume(stop)
        case .group:
            stop.stayStopped()
        case .interrupt, .event:
            resume(stop)
        }
    }

    private borrowing func resume(_ stop: consuming CallStop) {
        let isInCall = open[stop.thread] != nil
        stop.run(to: isInCall ? .call : .filter)
    }

    /// A thread is about to make a call that was asked for.
    private mutating func enter(_ stop: consuming CallStop) {
        guard let data = try? Ptrace.eventMessage(of: stop.thread) else {
            stop.run(to: .filter)
            return
        }
        let call = TracedCall(filterData: data)
        guard settings.takesTimes else {
            if outcome.hasBegun { outcome.tally.accounts[call, default: CallAccount()].count() }
            stop.run(to: .filter)
            return
        }
        open[stop.thread] = OpenCall(call: call, since: .now())
        stop.run(to: .call)
    }

    /// The call that a thread was in has returned.
    private mutating func close(_ thread: ThreadID) {
        let now = MonotonicInstant.now()
        guard let entered = open.removeValue(forKey: thread), outcome.hasBegun,
            case .exit(let failure)? = Self.position(of: thread)
        else { return }
        outcome.tally.accounts[entered.call, default: CallAccount()].count(
            nanoseconds: now.nanoseconds(since: entered.since),
            failure: failure
        )
    }

    /// A thread that returns from a call; by its registers where the kernel does not say (before
    /// Linux 5.3).
    private static func position(of thread: ThreadID) -> CallPosition? {
        if let position = try? Ptrace.call(of: thread) { return position }
        var registers = RegisterSet()
        guard (try? Ptrace.readRegisters(of: thread, into: &registers)) != nil else { return nil }
        return .exit(failure: registers.pendingError)
    }

    /// A program has replaced another one: a thread that is no leader gets its leader's number.
    private mutating func followExec(of thread: ThreadID) {
        if let former = TraceEvent.takeExec(of: thread) {
            open[thread] = open.removeValue(forKey: former)
        }
        guard !outcome.hasBegun, thread == root else { return }
        outcome.hasBegun = true
        began = .now()
        // The call that started the command was entered before there was anything to count.
        let execve = TracedCall(.native, SystemCallNumber(SystemCallNumber.execve))
        if !settings.takesTimes, settings.calls.contains(execve.number) {
            outcome.tally.accounts[execve, default: CallAccount()].count()
        }
    }

    /// A traced thread is woken even by signals that it ignores.
    private mutating func repair(_ thread: ThreadID) {
        var registers = RegisterSet()
        guard (try? Ptrace.readRegisters(of: thread, into: &registers)) != nil,
            case .repaired? = CallRepair.repair(thread, registers)
        else { return }
        outcome.tally.repairs += 1
    }
}
