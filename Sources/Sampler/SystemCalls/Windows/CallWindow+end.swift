// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension CallWindow {
    /// Has every thread run free of stops at its calls, and lets go what has stopped.
    ///
    /// What waits in a call is left to the kernel, which frees it as the tracer's thread ends. Two
    /// things it must not find then, for it would wake them into a call that fails with EINTR
    /// though no signal came: an interrupt that has not been taken yet, and a thread that has
    /// stopped at the entry of a call (kernel/ptrace.c, `__ptrace_unlink`, marks it as having a
    /// signal).
    mutating func settle() {
        let began = MonotonicInstant.now()
        // Threads that make calls come by themselves.
        let grace = began.advanced(byNanoseconds: Limits.graceNanoseconds)
        while hasUnsettled, MonotonicInstant.now() < grace { takeNext(before: grace) }
        // Those that compute have to be asked. They are in no call, so none is interrupted.
        for (id, thread) in threads where thread.isOutsideCalls { interrupt(id) }
        let deadline = began.advanced(byNanoseconds: Limits.settleNanoseconds)
        while interruptedCount > 0, MonotonicInstant.now() < deadline { takeNext(before: deadline) }
        for _ in 0..<Limits.eventsAtEnd {
            guard let event = events.peek() else { return }
            take(event, .looking(since: .now()))
        }
    }

    /// Whether a stop is to come that the window can't end before.
    private var hasUnsettled: Bool {
        interruptedCount > 0 || threads.values.contains(where: \.isOutsideCalls)
    }

    /// Lets a thread go, or run on free of stops at its calls: as it would be without this tracer.
    mutating func letGo(_ stop: consuming CallStop, _ sighting: CallEvents.Sighting) {
        let id = stop.thread
        switch stop.kind {
        case .signal(CallStop.callSignal):
            let isInterrupted = threads[id]?.isInterrupted == true
            // This stop has taken the place of the one that was asked for, but the thread is marked
            // as having a signal still, which its call may fail of: that is mended at a stop.
            if isInterrupted { try? Ptrace.interrupt(id) }
            stop.run(to: .filter)
            charge(id, sighting)
            if !isInterrupted { unwatch(id) }
            return
        case .event(EventNumber.exec):
            if let former = TraceEvent.takeExec(of: id) { forget(former) }
        case .signal: repair(id, wasInterrupted: false)
        case .interrupt where threads[id]?.isInterrupted == true,
            .group where threads[id]?.isInterrupted == true:
            repair(id, wasInterrupted: true)
        case .interrupt, .group, .event: break
        }
        stop.release()
        charge(id, sighting)
        forget(id)
    }
}
