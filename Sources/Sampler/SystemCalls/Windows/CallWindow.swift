// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
package import Profiles
package import SystemPackage

/// Watches the system calls of a running process for a bounded time.
///
/// A thread is attached to when a look finds it running, interrupted once, and then stops at the
/// entry and the exit of each call. It is never interrupted in a wait, at the end neither: the
/// thread that called `run` has to end, and the kernel then frees each tracee that waits where it
/// is, in whichever call, without waking it (kernel/ptrace.c, `exit_ptrace`).
package struct CallWindow: ~Copyable {
    let process: ProcessID
    let limits: Limits
    let control: CallWindowControl
    var events: CallEvents
    var reader = ProcReader()
    var looker: ThreadLooker
    let began: MonotonicInstant
    var outcome: Outcome
    var threads: [ThreadID: WindowThread] = [:]
    var nextLook: MonotonicInstant
    var listedAt: MonotonicInstant?
    /// How often in a row no listed thread was alive.
    var emptyLists = 0
    /// Threads that are attached to.
    var attachedCount = 0
    /// Those whose stop is on the way: while there is one, the window can't end.
    var interruptedCount = 0
    private var isCounting = true
    private var stopsAtSweep: UInt64 = 0

    /// Prepares a window; nothing is attached to yet.
    ///
    /// Must be called on the thread that then calls `run` and ends after it.
    ///
    /// - Parameter guards: what earlier windows learned of the threads.
    /// - Throws: the error of timer_create(2).
    package init(
        _ process: ProcessID,
        limits: Limits,
        guards: [ThreadID: EntryGuard],
        control: CallWindowControl
    ) throws(Errno) {
        self.process = process
        self.limits = limits
        self.control = control
        let thread = ThreadID(cptrace_gettid())
        _ = TracerPriority.raise(thread)
        events = CallEvents(
            timer: try DeadlineTimer(thread: thread),
            spinNanoseconds: Limits.spinNanoseconds
        )
        looker = ThreadLooker(capacity: Limits.descriptors)
        began = .now()
        nextLook = began
        outcome = Outcome(guards: guards)
    }

    /// Watches until a limit is reached.
    ///
    /// The caller's thread must end soon after this has returned, and make no other use of ptrace
    /// before: that is what lets the process go.
    @available(*, noasync, message: "blocks the calling thread until the window ends")
    package consuming func run() -> Outcome {
        while true {
            if let end = findEnd() {
                outcome.end = end
                break
            }
            let now = MonotonicInstant.now()
            if now >= nextLook { lookAtThreads(now) }
            takeNext(before: min(nextLook, deadline))
            sweepIfDue()
        }
        isCounting = false
        settle()
        let ended = MonotonicInstant.now()
        outcome.nanoseconds = ended.nanoseconds(since: began)
        for (id, thread) in threads { collect(thread, id, until: ended) }
        return outcome
    }

    private var deadline: MonotonicInstant { began.advanced(byNanoseconds: limits.nanoseconds) }

    /// Takes the next event, or none until an instant.
    mutating func takeNext(before instant: MonotonicInstant) {
        guard attachedCount > 0 else {
            control.sleep(until: instant)
            return
        }
        switch events.next(before: instant) {
        case .event(let event, let sighting): take(event, sighting)
        case .timeout: break
        case .nobody:
            // Reaped from another thread, or gone by an exec: there is nothing left of them.
            for (id, thread) in threads where thread.isAttached { forget(id) }
        }
    }

    mutating func take(_ event: TraceEvent, _ sighting: CallEvents.Sighting) {
        switch event {
        case .exited(let thread):
            TraceEvent.reapExit(of: thread)
            forget(thread)
        case .stopped(let thread, let kind):
            outcome.tally.stops += 1
            events.follow(thread)
            let stop = CallStop(thread: thread, kind: kind)
            if isCounting { answer(stop, sighting) } else { letGo(stop, sighting) }
        }
    }

    /// Gives each thread its turn: the kernel names the first one of its list that has stopped,
    /// which may be one of the same few again and again.
    private mutating func sweepIfDue() {
        guard outcome.tally.stops - stopsAtSweep >= Limits.stopsPerSweep else { return }
        stopsAtSweep = outcome.tally.stops
        guard attachedCount > 1 else { return }
        for id in threads.keys {
            guard threads[id]?.isAttached == true, let event = events.peek(id) else { continue }
            take(event, .looking(since: threads[id]?.resumedAt ?? began))
        }
    }

    private mutating func findEnd() -> CallWindowEnd? {
        if let end = outcome.end { return end }
        if control.isStopping { return .request }
        let now = MonotonicInstant.now()
        let elapsed = now.nanoseconds(since: began)
        if elapsed >= limits.nanoseconds { return .time }
        if outcome.tally.stops >= limits.stops { return .stops }
        let isPermitted = limits.permits(
            heldNanoseconds: outcome.heldNanoseconds,
            attachedCount: attachedCount,
            elapsedNanoseconds: elapsed
        )
        return isPermitted ? nil : .pauseBudget
    }

    /// Charges a stop of a thread that has just been let run.
    ///
    /// - Returns: that instant.
    @discardableResult
    mutating func charge(
        _ thread: ThreadID,
        _ sighting: CallEvents.Sighting
    ) -> MonotonicInstant {
        let now = MonotonicInstant.now()
        let held: UInt64
        switch (threads[thread]?.phase, sighting) {
        case (.interrupted(let since), _):
            held = now.nanoseconds(since: since) + Limits.unseenNanoseconds
        case (_, .looking(let since)):
            let resumedAt = threads[thread]?.resumedAt ?? since
            held = now.nanoseconds(since: max(since, resumedAt)) + Limits.unseenNanoseconds
        case (_, .asleep(let wokeAt)):
            held =
                now.nanoseconds(since: wokeAt)
                + (events.isFree ? Limits.wakeNanoseconds : Limits.sharedNanoseconds)
        }
        outcome.heldNanoseconds += held
        outcome.longestHeldNanoseconds = max(outcome.longestHeldNanoseconds, held)
        outcome.pauses.add(seconds: Double(held) / 1e9)
        threads[thread]?.calls.heldNanoseconds += held
        threads[thread]?.resumedAt = now
        return now
    }

    /// Ends the record of a thread that runs on free of stops at its calls, and is attached to
    /// still.
    mutating func unwatch(_ id: ThreadID) {
        guard let thread = threads[id] else { return }
        collect(thread, id, until: .now())
        threads[id]?.phase = .seized
        threads[id]?.open = nil
        threads[id]?.calls = ThreadCalls()
    }

    /// Takes over what was seen of a thread.
    private mutating func collect(
        _ thread: WindowThread,
        _ id: ThreadID,
        until ended: MonotonicInstant
    ) {
        guard case .watched(let since) = thread.phase else { return }
        var calls = thread.calls
        calls.watchedNanoseconds += ended.nanoseconds(since: since)
        outcome.threads[id, default: ThreadCalls()].merge(calls)
    }

    /// Ends the record of a thread that is not attached to any more.
    mutating func forget(_ id: ThreadID) {
        guard let thread = threads.removeValue(forKey: id) else { return }
        collect(thread, id, until: .now())
        if thread.isAttached { attachedCount -= 1 }
        if thread.isInterrupted { interruptedCount -= 1 }
        looker.forget(id)
        trackAttached()
    }

    /// Tells the watch of blocked seizes which threads are attached to.
    mutating func trackAttached() {
        control.watch.update(
            tracees: threads.lazy.filter { $0.value.isAttached }.map(\.key)
        )
    }
}
