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
    var waits: [WaitedStack: Double] = [:]
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

/// One thread's open window, and what it waits in.
struct AggregatedThread {
    /// Most distinct waits of one thread in one window.
    private static let waitLimit = 256
    /// Most distinct stacks of one thread on a CPU in one window: more than there are samples.
    private static let stackLimit = 1 << 12
    /// After so many windows of silence `/proc` is asked whether a thread is still there.
    ///
    /// One that waits on is heard of in each, unless the tracer cannot look: for want of CPU time,
    /// say.
    private static let silenceLimit = 2

    private var window = CPUWindow<SampledStack>(keyLimit: stackLimit)
    private var waits = WaitWindow<WaitedStack>(keyLimit: waitLimit)
    private(set) var runNanoseconds: UInt64 = 0
    /// What it was found waiting in last.
    private(set) var wait: WaitedStack?
    /// Its name, as it was when its time was last shared out.
    var name: String?
    private var silentWindows = 0
    /// What it ran, without what goes to the kernel as it is, by the part of the window.
    private(set) var slices = SliceRuns()
    /// Whether it did anything but wait on: of most threads there is nothing to share out.
    private(set) var isActive = false

    /// Counts a sample that found it on a CPU.
    mutating func add(_ stack: SampledStack, rate: SamplingRate) {
        isActive = true
        window.add(stack, rate: rate)
    }

    /// Counts a look that found it waiting for a CPU.
    mutating func addQueued() {
        isActive = true
        window.addQueued()
    }

    /// Takes in what it has run and waited.
    ///
    /// - Parameter slice: the part of the window that it tells of.
    mutating func add(_ run: SampleBatch.ThreadRun, in slice: UInt16?) {
        silentWindows = 0
        if run.runNanoseconds > 0 || run.waitNanoseconds > 0 || wait == nil { isActive = true }
        runNanoseconds += run.runNanoseconds
        slices.add(nanoseconds: run.runNanoseconds &- run.kernelNanoseconds, in: slice)
        if run.kernelNanoseconds > 0 {
            window.addKernel(seconds: Double(run.kernelNanoseconds) / 1e9)
        }
        waits.addWatched(
            nanoseconds: run.watchedNanoseconds,
            runAndQueueNanoseconds: run.runNanoseconds &+ run.waitNanoseconds
        )
    }

    /// Takes in what it waits in now.
    ///
    /// - Parameter rate: what the look is weighed by; nil where it stands for no time.
    mutating func begin(_ stack: WaitedStack, rate: SamplingRate?) {
        silentWindows = 0
        wait = stack
        guard let rate else { return }
        isActive = true
        waits.add(stack, rate: rate)
    }

    /// Takes in what the stack that it waits in is from now on.
    mutating func moveWait(to stacks: [ArchivedStack: ArchivedStack]) {
        guard let wait, let stack = wait.stack else { return }
        self.wait = WaitedStack(key: wait.key, stack: stacks[stack])
    }

    /// Takes in that it goes on waiting.
    ///
    /// - Returns: in what.
    mutating func goOn(nanoseconds: UInt64) -> WaitedStack {
        silentWindows = 0
        waits.addExact(nanoseconds: nanoseconds)
        return wait ?? .unsampled
    }

    /// Shares out what it has run, and what it has waited and is not known exactly.
    mutating func close() -> (
        run: WindowAttribution<SampledStack>, waits: WindowAttribution<WaitedStack>
    ) {
        let run = window.close(runSeconds: Double(runNanoseconds) / 1e9)
        runNanoseconds = 0
        isActive = false
        slices = SliceRuns()
        return (run, waits.close())
    }

    /// Begins the next window.
    ///
    /// - Returns: whether nothing was heard of the thread for so long that it may have ended; says
    ///   so once in a while.
    mutating func beginWindow() -> Bool {
        silentWindows += 1
        guard silentWindows > Self.silenceLimit else { return false }
        silentWindows = 0
        return true
    }
}
