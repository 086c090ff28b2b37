// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What the aggregator keeps of one process between two windows.
struct AggregatedProcess {
    var group: GroupName
    var account: ProcessAccount
    var threads: [ThreadID: AggregatedThread] = [:]
    /// User and system ticks at the latest window (proc(5), `stat` fields 14 to 17).
    var userTicks: UInt64 = 0
    var systemTicks: UInt64 = 0
    var majorFaults: UInt64 = 0
    var clockNanoseconds: UInt64
    var windowClockNanoseconds: UInt64
    var pauseNanoseconds: UInt64 = 0
    /// Time in the run queue.
    var queueNanoseconds: UInt64 = 0
    /// Seconds off the CPU by what was waited in.
    var waits: [WaitKey: Double] = [:]
    /// Samples with a function anywhere on the stack; only where that is asked for.
    var inclusive: [FunctionKey: UInt64] = [:]
    var blocked: [SystemCallNumber?: UInt64] = [:]
    var startTime: StartTime
    var census = ThreadCensus()
    /// What `stat` said last, and in how many windows since then the process has not run.
    var stat: ThreadStat?
    var idleWindows = 0
    var hasEnded = false

    init(_ process: SampledProcess, clockNanoseconds: UInt64) {
        group = process.group
        startTime = process.startTime
        account = ProcessAccount(clockNanoseconds: clockNanoseconds)
        self.clockNanoseconds = clockNanoseconds
        windowClockNanoseconds = clockNanoseconds
    }

    /// CPU time since the latest window.
    var windowNanoseconds: UInt64 {
        clockNanoseconds > windowClockNanoseconds ? clockNanoseconds - windowClockNanoseconds : 0
    }
}

extension AggregatedProcess {
    /// Windows for which the `stat` of a process that does not run stands: only the kernel's
    /// reclaim changes it then.
    private static let longestIdleWindows = 6

    /// Whether to read `stat` in this window.
    mutating func needsStat() -> Bool {
        if stat != nil, windowNanoseconds == 0, idleWindows < Self.longestIdleWindows {
            idleWindows += 1
            return false
        }
        idleWindows = 0
        return true
    }
}

/// One thread's open window.
struct AggregatedThread {
    /// Most distinct waits of one thread in one window.
    private static let waitLimit = 64

    var window = CPUWindow<FunctionKey>()
    var runNanoseconds: UInt64 = 0
    /// What it waits in, and how its waits divide.
    var wait = OngoingWait<WaitKey>()
    var waits = WaitWindow<WaitKey>(keyLimit: waitLimit)

    init(wait: OngoingWait<WaitKey> = OngoingWait()) { self.wait = wait }

    /// Takes in what it has run and waited.
    mutating func add(_ run: SampleBatch.ThreadRun) {
        wait.hear()
        runNanoseconds += run.runNanoseconds
        window.addKernel(seconds: Double(run.kernelNanoseconds) / 1e9)
        waits.addWatched(
            nanoseconds: run.watchedNanoseconds,
            runAndQueueNanoseconds: run.runNanoseconds &+ run.waitNanoseconds
        )
    }
}
