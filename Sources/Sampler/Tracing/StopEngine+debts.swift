// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles

extension StopEngine {
    /// Most events that are answered in one go.
    private static let eventLimit = 1_024

    /// Answers every tracee that has stopped or ended since: called before each seize, at each tick
    /// and when SIGCHLD wakes the tracer.
    ///
    /// An exit that is not reaped would hold up an exec of the same process, and the real parent.
    package mutating func settleDebts() {
        guard !parked.isEmpty else { return }
        for _ in 0..<Self.eventLimit {
            guard let event = try? TraceEvent.peek(nil) else { break }
            switch event {
            case .exited(let thread):
                TraceEvent.reapExit(of: thread)
                removeParked { $0.thread == thread }
            case .stopped(let thread, let kind):
                release(thread, kind)
            }
        }
    }

    /// Lets a thread go that stopped after its visit had given up.
    private mutating func release(_ thread: ThreadID, _ kind: StopKind) {
        // An exec gives its thread the number of the process.
        let debt = parked.first { $0.thread == thread || $0.process.rawValue == thread.rawValue }
        let method = debt?.method ?? .seize
        var kind = kind
        if method == .attach, case .signal(let number) = kind {
            switch ClassicStop(number, of: thread) {
            case .interrupt: kind = .interrupt
            case .group(let signal): kind = .group(signal)
            case .execTrap:
                try? Ptrace.continueStopped(thread, delivering: 0)
                return
            case .signal(let signal):
                try? Ptrace.continueStopped(thread, delivering: signal)
                return
            }
        }
        let stopped = StoppedThread(thread: thread, kind: kind, method: method)
        var registers = RegisterSet()
        if settings.repairs, stopped.readRegisters(into: &registers),
            let outcome = stopped.repair(registers)
        {
            count { $0.repairs.increment(outcome) }
        }
        if stopped.resume() == .running {
            removeParked { $0.thread == thread || $0.process.rawValue == thread.rawValue }
            count { $0.lateReleases += 1 }
        }
    }

    /// Looks after parked threads that no event will come from by itself; once a tick.
    ///
    /// - Parameter isTracedByUs: whether the kernel still names this tracer as a thread's (its
    ///   `TracerPid`); asked for debts older than a second.
    package mutating func tendParked(
        now: MonotonicInstant,
        isRunning: (ThreadID) -> Bool,
        isTracedByUs: (ThreadID) -> Bool
    ) {
        guard !parked.isEmpty else { return }
        settleDebts()
        for debt in parked {
            let leader = ThreadID(leaderOf: debt.process)
            switch debt.reason {
            case .awaitRunning where isRunning(debt.thread):
                try? Ptrace.interrupt(debt.thread)
            case .movedByExec where isRunning(leader):
                try? Ptrace.interrupt(leader)
            default:
                break
            }
            if now.nanoseconds(since: debt.since) > 1_000_000_000,
                !isTracedByUs(debt.thread), !isTracedByUs(leader)
            {
                removeParked { $0 == debt }
                count { $0.debtsFoundPaid += 1 }
            }
        }
    }

    /// Waits until every parked thread is released or the deadline has passed; at shutdown.
    ///
    /// What is left then is released by the kernel when this process ends.
    package mutating func settleAllDebts(before deadline: MonotonicInstant) {
        settleDebts()
        while !parked.isEmpty {
            let now = MonotonicInstant.now()
            if now >= deadline { return }
            ChildSignal.wait(childSignal, nanoseconds: deadline.nanoseconds(since: now))
            settleDebts()
        }
    }
}
