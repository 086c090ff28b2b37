// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension CallWindow {
    /// Lets a thread run on from a stop, and takes note of what the stop was about.
    ///
    /// The thread runs again before anything is written down.
    mutating func answer(_ stop: consuming CallStop, _ sighting: CallEvents.Sighting) {
        let id = stop.thread
        switch stop.kind {
        case .signal(CallStop.callSignal):
            let position = position(of: id)
            stop.run(to: .call)
            note(position, of: id, at: charge(id, sighting))
        case .signal:
            repair(id, wasInterrupted: false)
            stop.run(to: .call)
            charge(id, sighting)
            watch(id)
        case .group:
            outcome.end = .groupStop
            letGo(stop, sighting)
        case .event(EventNumber.clone):
            let started = try? Ptrace.eventMessage(of: id)
            stop.run(to: .call)
            charge(id, sighting)
            watch(id)
            if let started { follow(ThreadID(Int32(truncatingIfNeeded: started))) }
        case .event(EventNumber.exec):
            let former = TraceEvent.takeExec(of: id)
            stop.run(to: .call)
            charge(id, sighting)
            if let former { adopt(former, as: id) }
            watch(id)
        case .interrupt, .event:
            enter(stop, sighting)
        }
    }

    /// The stop that was asked for, or the first one of a new thread.
    private mutating func enter(_ stop: consuming CallStop, _ sighting: CallEvents.Sighting) {
        let id = stop.thread
        if threads[id] == nil { follow(id) }
        guard attachedCount <= limits.threads else {
            outcome.unwatched[id] = .threadLimit
            letGo(stop, sighting)
            return
        }
        if threads[id]?.isInterrupted == true { repair(id, wasInterrupted: true) }
        stop.run(to: .call)
        charge(id, sighting)
        watch(id)
    }

    /// Counts a thread that stops from now on at each call.
    ///
    /// No stop that was asked for is on the way any more: any other one takes its place
    /// (kernel/signal.c, `ptrace_stop`).
    private mutating func watch(_ id: ThreadID) {
        guard let thread = threads[id] else { return }
        if case .watched = thread.phase { return }
        if thread.isInterrupted { interruptedCount -= 1 }
        threads[id]?.phase = .watched(since: thread.resumedAt)
    }

    /// Takes up a thread that the kernel attached to this tracer as it began.
    private mutating func follow(_ id: ThreadID) {
        guard threads[id]?.isAttached != true else { return }
        threads[id] = WindowThread(phase: .seized, resumedAt: .now())
        attachedCount += 1
        trackAttached()
    }

    /// At which side of which call a thread has stopped; a kernel that does not say (before Linux
    /// 5.3) ends the window, which could count nothing.
    private mutating func position(of id: ThreadID) -> CallPosition? {
        do {
            return try Ptrace.call(of: id)
        } catch {
            let refusal = AttachRefusal(error)
            guard refusal != .gone else { return nil }
            outcome.refusal = refusal
            outcome.end = .refused
            return nil
        }
    }

    private mutating func note(
        _ position: CallPosition?,
        of id: ThreadID,
        at now: MonotonicInstant
    ) {
        switch position {
        case .entry(let call)?:
            let interrupted = call.isRestart ? threads[id]?.interrupted : nil
            threads[id]?.open = WindowThread.OpenCall(
                call: interrupted ?? call,
                since: now,
                isRemainder: interrupted != nil
            )
            threads[id]?.interrupted = nil
        case .exit(let failure)?:
            guard let entered = threads[id]?.open else { return }
            threads[id]?.open = nil
            threads[id]?.calls.count(entered.call, failure: failure)
            guard !entered.isRemainder else {
                outcome.tally.accounts[entered.call, default: CallAccount()].count(failure: failure)
                return
            }
            outcome.tally.accounts[entered.call, default: CallAccount()].count(
                nanoseconds: now.nanoseconds(since: entered.since),
                failure: failure
            )
        case .outside?, nil: break
        }
    }

    /// Takes over the record of a thread that got its leader's number.
    private mutating func adopt(_ former: ThreadID, as id: ThreadID) {
        forget(id)
        guard let thread = threads.removeValue(forKey: former) else {
            follow(id)
            return
        }
        threads[id] = thread
        looker.forget(former)
        trackAttached()
    }

    /// Mends a call that the stop interrupted.
    ///
    /// A traced thread is woken even by signals that it ignores.
    mutating func repair(_ id: ThreadID, wasInterrupted: Bool) {
        var registers = RegisterSet()
        guard (try? Ptrace.readRegisters(of: id, into: &registers)) != nil else { return }
        if let repaired = CallRepair.repair(id, registers) { outcome.repairs.increment(repaired) }
        guard wasInterrupted else { return }
        if let kind = TransferCall.shortKind(of: id, registers) {
            outcome.shortTransfers.increment(kind)
            outcome.guards[id, default: EntryGuard()]
                .noteShortTransfer(nowNanoseconds: MonotonicInstant.now().nanoseconds)
        }
        if case .restartBlock = InterruptedCall(registers), let number = registers.systemCall {
            threads[id]?.interrupted = TracedCall(.native, number)
        }
    }
}
