// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension CallWindow {
    /// Lets everything go that has stopped, and waits for the stops that are on the way.
    ///
    /// What runs or waits in a call is left to the kernel, which frees it as the tracer's thread
    /// ends. It must not find an interrupt that has not been taken yet: the thread would already be
    /// awake for it, and nobody would mend its call.
    mutating func settle() {
        let deadline = MonotonicInstant.now().advanced(byNanoseconds: Limits.settleNanoseconds)
        while interruptedCount > 0, MonotonicInstant.now() < deadline { takeNext(before: deadline) }
        for _ in 0..<Limits.eventsAtEnd {
            guard let event = events.peek() else { return }
            switch event {
            case .exited(let thread):
                TraceEvent.reapExit(of: thread)
                forget(thread)
            case .stopped(let thread, let kind):
                outcome.tally.stops += 1
                letGo(
                    CallStop(thread: thread, kind: kind),
                    .looking(since: threads[thread]?.resumedAt ?? .now())
                )
            }
        }
    }

    /// Lets a thread go for good, as it would be without this tracer.
    mutating func letGo(_ stop: consuming CallStop, _ sighting: CallEvents.Sighting) {
        let id = stop.thread
        switch stop.kind {
        case .signal(CallStop.callSignal): break
        case .event(EventNumber.exec): TraceEvent.consumeEvent(of: id)
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
