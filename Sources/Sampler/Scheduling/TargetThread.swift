// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Profiles

/// What the tracer knows of one thread.
struct TargetThread {
    let id: ThreadID
    /// The kernel's statistics at the latest look; nil before the first or where it keeps none.
    var statistics: SchedulerStatistics?
    /// Run time that has been handed on in a batch.
    var reportedRunNanoseconds: UInt64
    var reportedWaitNanoseconds: UInt64
    /// Run time in which the thread was left alone because it ran in the kernel; not handed on yet.
    var kernelNanoseconds: UInt64 = 0
    var transferGuard = TransferGuard()
    /// Whether the latest look left it alone as mostly system time.
    var isMostlySystem = false
    /// The call that it was found blocked in.
    var blockedCall: SystemCallNumber?
    var isBlocked = false
    var wait = ThreadWait()
    /// Whether the latest look found it able to run.
    var wasRunning = false
    /// When its times were last read for the transfer guard; 0 before that.
    var timesReadAt: UInt64 = 0
    /// When to look at it.
    var pace = LookPace()
    /// When its statistics were last taken in; nil before that.
    private var observedAt: MonotonicInstant?
    /// Run time by its ticks, where the kernel keeps no statistics.
    private(set) var tickNanoseconds: UInt64?
    var hasEnded = false
    /// Most bytes of stack that a visit copies; follows how deep its stacks turn out to be.
    var stackBytes = StackCopy.usualBytes

    /// - Parameter isNew: whether it began under observation; if not, what it ran before is
    /// nobody's.
    init(id: ThreadID, isNew: Bool) {
        self.id = id
        reportedRunNanoseconds = isNew ? 0 : .max
        reportedWaitNanoseconds = isNew ? 0 : .max
    }

    /// Takes in a look's statistics.
    ///
    /// - Returns: whether the thread has run since the look before.
    mutating func observe(_ now: SchedulerStatistics?, at instant: MonotonicInstant) -> Bool {
        let elapsed = observedAt.map { instant.nanoseconds(since: $0) } ?? 0
        observedAt = instant
        guard let now else {
            pace.note(runNanoseconds: elapsed, elapsedNanoseconds: elapsed)
            return true
        }
        // An exec gives its thread the leader's number: times that fell are another thread's.
        let isAnother =
            now.runNanoseconds < statistics?.runNanoseconds ?? 0
            || now.waitNanoseconds < statistics?.waitNanoseconds ?? 0
        if reportedRunNanoseconds == .max || isAnother {
            reportedRunNanoseconds = now.runNanoseconds
            reportedWaitNanoseconds = now.waitNanoseconds
        }
        let before = isAnother ? nil : statistics
        statistics = now
        pace.note(
            runNanoseconds: before.map { now.runNanoseconds - $0.runNanoseconds } ?? 0,
            elapsedNanoseconds: elapsed
        )
        if isMostlySystem, let before, now.runNanoseconds > before.runNanoseconds {
            kernelNanoseconds += now.runNanoseconds - before.runNanoseconds
        }
        guard let before else { return true }
        return now.runCount != before.runCount || now.runNanoseconds != before.runNanoseconds
    }

    private static let nanosecondsPerTick =
        1_000_000_000 / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))

    /// Takes in the times of `stat`, which stand in for statistics where there are none.
    mutating func observe(ticks: UInt64) {
        guard statistics == nil else { return }
        let run = ticks &* Self.nanosecondsPerTick
        let before = tickNanoseconds ?? run
        if reportedRunNanoseconds == .max || run < before { reportedRunNanoseconds = run }
        if isMostlySystem, run > before { kernelNanoseconds += run - before }
        tickNanoseconds = run
    }
}
