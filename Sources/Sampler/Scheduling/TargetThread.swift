// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

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
    /// The tick of the next look, and how many ticks lie between looks.
    var nextTick: UInt64 = 0
    var interval: UInt64 = 1
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
    mutating func observe(_ now: SchedulerStatistics?) -> Bool {
        guard let now else { return true }
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
        if isMostlySystem, let before, now.runNanoseconds > before.runNanoseconds {
            kernelNanoseconds += now.runNanoseconds - before.runNanoseconds
        }
        guard let before else { return true }
        return now.runCount != before.runCount || now.runNanoseconds != before.runNanoseconds
    }

    /// Plans the next look: at the next tick after it ran, and ever later while it does not.
    mutating func plan(tick: UInt64, hasRun: Bool, longestInterval: UInt64) {
        interval = hasRun ? 1 : min(interval * 2, longestInterval)
        nextTick = tick + interval
    }
}
