// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles
package import SystemPackage

/// Watches the system calls of a running process in windows, for a bounded time in all.
package struct AttachedCalls: ~Copyable {
    package struct Settings: Sendable {
        package let nanoseconds: UInt64
        /// The most time for which its threads may be held together, as a share of all time.
        package let heldShare: Double
        package let visitsKernel: Bool
        /// The calls that are wanted; the threads stop at all.
        package let calls: SystemCallSelection

        package init(
            nanoseconds: UInt64,
            heldShare: Double,
            visitsKernel: Bool = false,
            calls: SystemCallSelection = .all
        ) {
            self.nanoseconds = nanoseconds
            self.heldShare = heldShare
            self.visitsKernel = visitsKernel
            self.calls = calls
        }
    }

    package struct Outcome: Sendable {
        package var tally = CallTally()
        package var threads: [ThreadID: CallRates.Thread] = [:]
        package var nanoseconds: UInt64 = 0
        package var watchedNanoseconds: UInt64 = 0
        package var heldNanoseconds: UInt64 = 0
        package var longestHeldNanoseconds: UInt64 = 0
        /// Windows by what ended them.
        package var ends = ReasonCounts<CallWindowEnd>()
        package var unwatched: [ThreadID: UnwatchedReason] = [:]
        package var repairs = ReasonCounts<RepairOutcome>()
        package var shortTransfers = ReasonCounts<ShortTransferKind>()
        /// Why the kernel refused the first attach; nil if it did not.
        package var refusal: AttachRefusal?

        package init() {}

        /// The share of the process's work whose calls were seen: each thread's time watched, by
        /// its part in the CPU time.
        package var coverage: Double {
            let run = threads.values.reduce(0.0) { $0 + Double($1.runNanoseconds) }
            guard run > 0, nanoseconds > 0 else { return 0 }
            return threads.values.reduce(0.0) { sum, thread in
                let share = Double(thread.calls.watchedNanoseconds) / Double(nanoseconds)
                return sum + min(1, share) * Double(thread.runNanoseconds) / run
            }
        }
    }

    private let process: ProcessID
    private let settings: Settings
    private let control: CallWindowControl
    private let began = MonotonicInstant.now()
    private var reader = ProcReader()
    private var outcome = Outcome()
    private var guards: [ThreadID: EntryGuard] = [:]

    /// After somebody stopped the process, or traces it.
    private static let pauseNanoseconds: UInt64 = 100_000_000

    package init(_ process: ProcessID, settings: Settings, control: CallWindowControl) {
        self.process = process
        self.settings = settings
        self.control = control
        // Each stop would otherwise raise SIGCHLD, which wakes whoever waits for any signal.
        ChildSignal.reportStops(false)
    }

    /// Watches until the time is over, the process ends, or somebody asks for the end.
    ///
    /// - Throws: the error of timer_create(2) or pthread_create(3).
    @available(*, noasync, message: "blocks the calling thread")
    package consuming func run() throws(Errno) -> Outcome {
        let end = began.advanced(byNanoseconds: settings.nanoseconds)
        var plan = CallWindowPlan(
            share: settings.heldShare,
            durationNanoseconds: settings.nanoseconds,
            nowNanoseconds: began.nanoseconds
        )
        let first = ThreadReadings(of: process, with: &reader)
        var free = first
        while !control.isStopping {
            let now = MonotonicInstant.now()
            guard now < end else { break }
            let delay = plan.delayNanoseconds(nowNanoseconds: now.nanoseconds)
            if delay > 0 {
                control.sleep(until: min(end, now.advanced(byNanoseconds: delay)))
                continue
            }
            ThreadReadings(of: process, with: &reader).addFree(since: free, to: &outcome.threads)
            let window = try watch(until: end, held: plan.windowNanoseconds)
            plan.charge(heldNanoseconds: window.heldNanoseconds)
            take(window)
            free = ThreadReadings(of: process, with: &reader)
            if window.end == .exited { break }
            if window.end == .refused, let refusal = window.refusal,
                outcome.tally.stops == 0 || refusal.isLasting
            {
                outcome.refusal = refusal
                break
            }
            if window.end == .groupStop || window.end == .refused {
                control.sleep(until: .now().advanced(byNanoseconds: Self.pauseNanoseconds))
            }
        }
        let last = ThreadReadings(of: process, with: &reader)
        last.addFree(since: free, to: &outcome.threads)
        last.addRun(since: first, to: &outcome.threads)
        let calls = settings.calls
        outcome.tally.accounts = outcome.tally.accounts.filter { calls.contains($0.key) }
        outcome.nanoseconds = MonotonicInstant.now().nanoseconds(since: began)
        return outcome
    }

    /// One window, on a thread that ends with it.
    private borrowing func watch(
        until end: MonotonicInstant,
        held: UInt64
    ) throws(Errno) -> CallWindow.Outcome {
        var limits = CallWindow.Limits(
            nanoseconds: end.nanoseconds(since: .now()),
            heldNanoseconds: held,
            heldShare: settings.heldShare
        )
        limits.visitsKernel = settings.visitsKernel
        return try CallWindow.onOwnThread(
            process,
            limits: limits,
            guards: guards,
            control: control
        )
    }

    private mutating func take(_ window: CallWindow.Outcome) {
        guards = window.guards
        outcome.tally.merge(window.tally)
        for (thread, calls) in window.threads {
            outcome.threads[thread, default: CallRates.Thread()].calls.merge(calls)
        }
        outcome.watchedNanoseconds += window.nanoseconds
        outcome.heldNanoseconds += window.heldNanoseconds
        outcome.longestHeldNanoseconds = max(
            outcome.longestHeldNanoseconds,
            window.longestHeldNanoseconds
        )
        if let end = window.end { outcome.ends.increment(end) }
        outcome.unwatched.merge(window.unwatched) { $1 }
        for thread in window.threads.keys { outcome.unwatched[thread] = nil }
        outcome.repairs.merge(window.repairs)
        outcome.shortTransfers.merge(window.shortTransfers)
    }
}
