// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
package import Profiles

/// Turns batches into one profile: unwinds each stack, and shares each thread's CPU time out.
///
/// The time of a thread is the kernel's and exact; its samples only divide it. Where it ran without
/// a sample, or belongs to a thread that ended between two looks, it is `[unsampled]`.
package actor Recorder {
    /// How a recording is kept.
    package struct Options: Sendable {
        /// Keep threads apart.
        package var separatesThreads = false
        /// Record the time that threads wait, too: the profile is one of wall time.
        package var recordsWaits = false
        /// A thread's time is shared out over its samples of so long.
        package var windowNanoseconds: UInt64 = 10_000_000_000
        /// Most pauses that are kept one by one.
        package var pauseLimit = PauseSample.limit
        /// The memory of the program that this is a part of, where that is bounded.
        package var memoryBytes: UInt64?

        package init() {}
    }

    let options: Options
    var stacks: StackCollector
    var processes: [ProcessID: RecordedProcess] = [:]
    /// What was found on a CPU, by whom it belongs to.
    var totals: [RecordedOwner: [RecordedStack: SeriesAmount]] = [:]
    /// The same of threads that waited.
    var waits: [RecordedOwner: [RecordedStack: SeriesAmount]] = [:]
    var summary = RecordingSummary()
    /// The tracer's latest.
    private(set) var status = TracerStatus()
    private var windowEnd: MonotonicInstant?
    var reader: ProcReader
    /// What its work is charged to.
    private let work: WorkClock

    package init(
        procRoot: String = "/proc",
        options: Options = Options(),
        work: WorkClock = WorkClock()
    ) {
        self.options = options
        self.work = work
        stacks = StackCollector(
            root: procRoot,
            limits: options.memoryBytes.map { StackCollector.Limits(within: $0) }
                ?? StackCollector.Limits()
        )
        reader = ProcReader(root: ProcRoot(procRoot))
        summary.pauses = PauseSample(limit: options.pauseLimit)
    }

    /// Samples so far that found a thread on a CPU.
    package var sampleCount: UInt64 { summary.samples }

    /// Whether any process of the recording still runs.
    package func hasLivingProcess() -> Bool {
        processes.contains { id, process in
            guard case .value(let stat) = reader.stat(of: id),
                stat.startTime == process.startTime
            else { return false }
            // The first thread of a process may have ended before the others.
            return !stat.state.hasExited || stat.threadCount > 1
        }
    }

    /// Adds processes to the recording, whose CPU time counts from now, and lets others go.
    package func update(added: [SampledProcess], removed: [ProcessID] = []) {
        for process in removed { processes[process]?.isRemoved = true }
        for process in added {
            guard processes[process.id]?.startTime != process.startTime else {
                processes[process.id]?.isRemoved = false
                continue
            }
            guard let clock = ProcessCPUClock.nanoseconds(of: process.id) else { continue }
            processes[process.id] = RecordedProcess(process, clockNanoseconds: clock)
        }
    }

    /// Takes in one batch.
    ///
    /// - Returns: how many bytes of stack to copy of these threads from now on.
    package func ingest(_ batch: SampleBatch) -> [ThreadID: Int] { work.charge { take(batch) } }

    private func take(_ batch: SampleBatch) -> [ThreadID: Int] {
        var wanted: [ThreadID: Int] = [:]
        stacks.beginBatch()
        for sample in batch.samples { add(sample, now: batch.madeAt, &wanted) }
        // The tracer may tell of them for somebody else.
        if options.recordsWaits {
            for wait in batch.waits { add(wait, now: batch.madeAt, &wanted) }
        }
        for report in batch.processes { add(report) }
        status = batch.status
        summary.counters = batch.status.counters
        let end = windowEnd ?? batch.madeAt.advanced(byNanoseconds: options.windowNanoseconds)
        windowEnd = end
        if batch.madeAt >= end {
            closeWindows()
            windowEnd = batch.madeAt.advanced(byNanoseconds: options.windowNanoseconds)
        }
        return wanted
    }

    private func add(
        _ sample: SampleBatch.Sample,
        now: MonotonicInstant,
        _ wanted: inout [ThreadID: Int]
    ) {
        guard processes[sample.process] != nil else { return }
        if sample.isQueued {
            summary.queuedSamples += 1
            processes[sample.process]?.threads[sample.thread, default: RecordedThread()]
                .window.addQueued()
            return
        }
        summary.samples += 1
        summary.pauses.add(nanoseconds: sample.pauseNanoseconds)
        var key = RecordedStack.other
        if let copy = sample.stack {
            let found = FoundStack(copy, of: sample)
            key = collect(found, now: now, &wanted)
        }
        processes[sample.process]?.threads[sample.thread, default: RecordedThread()]
            .window.add(key, rate: sample.rate)
    }

    /// Unwinds a copy.
    ///
    /// - Parameter wanted: gets how many bytes of the thread's stack to copy from now on.
    func collect(
        _ found: FoundStack,
        now: MonotonicInstant,
        _ wanted: inout [ThreadID: Int]
    ) -> RecordedStack {
        let outcome = stacks.collect(found, now: now)
        summary.stacks.count(outcome.end)
        if let need = outcome.need {
            wanted[found.thread] = need.nextByteCount(after: wanted[found.thread])
        }
        return outcome.stack
    }

    /// Whom a thread's time belongs to.
    func owner(_ process: ProcessID, _ thread: ThreadID) -> RecordedOwner {
        RecordedOwner(process: process, thread: options.separatesThreads ? thread : nil)
    }

    private func add(_ report: SampleBatch.ProcessReport) {
        guard var process = processes[report.id] else { return }
        processes[report.id] = nil
        process.isHeard = true
        process.hasEnded = report.hasEnded
        process.clockNanoseconds = max(process.clockNanoseconds, report.clockNanoseconds)
        for run in report.threads {
            var thread = process.threads.removeValue(forKey: run.thread) ?? RecordedThread()
            thread.isHeard = true
            thread.runNanoseconds += run.runNanoseconds
            thread.window.addKernel(seconds: Double(run.kernelNanoseconds) / 1e9)
            thread.queueNanoseconds += run.waitNanoseconds
            thread.waits.addWatched(
                nanoseconds: run.watchedNanoseconds,
                runAndQueueNanoseconds: run.runNanoseconds + run.waitNanoseconds
            )
            process.threads[run.thread] = thread
        }
        processes[report.id] = process
    }

    /// Shares out the time since the last windows, and begins new ones.
    func closeWindows() {
        for id in Array(processes.keys) {
            guard var process = processes[id] else { continue }
            processes[id] = nil
            for thread in Array(process.threads.keys) {
                guard var open = process.threads.removeValue(forKey: thread) else { continue }
                close(&open, owner(id, thread))
                process.account.add(threadNanoseconds: open.runNanoseconds)
                open.runNanoseconds = 0
                if outlivesItsWindow(thread, of: id, open) {
                    open.isHeard = false
                    process.threads[thread] = open
                }
            }
            let before = process.account.clockNanoseconds
            let rest = process.account.close(clockNanoseconds: process.clockNanoseconds)
            summary.cpuNanoseconds += process.account.clockNanoseconds - before
            if rest > 0 {
                let owner = RecordedOwner(process: id, thread: nil)
                totals[owner, default: [:]][.unsampled, default: SeriesAmount()] +=
                    SeriesAmount(seconds: Double(rest) / 1e9)
            }
            processes[id] = process
        }
    }

    private func close(_ open: inout RecordedThread, _ owner: RecordedOwner) {
        let closed = open.window.close(runSeconds: Double(open.runNanoseconds) / 1e9)
        summary.overflows += closed.overflows
        closeWaits(of: &open, owner)
        for share in closed.shares {
            totals[owner, default: [:]][share.key, default: SeriesAmount()] +=
                SeriesAmount(samples: share.samples, seconds: share.seconds)
        }
    }

    /// Whether a thread is kept for the next window: it may wait on in the stack it was last found
    /// in, of which the tracer does not tell again.
    private func outlivesItsWindow(
        _ thread: ThreadID,
        of process: ProcessID,
        _ open: RecordedThread
    ) -> Bool {
        guard options.recordsWaits else { return false }
        if open.isHeard { return true }
        if case .value(let stat) = reader.stat(of: thread, in: process) {
            return !stat.state.hasExited
        }
        return false
    }
}
