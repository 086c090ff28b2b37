// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles

/// Turns batches into counts per group.
///
/// A window collects for ten seconds: long enough that a thread with little CPU time is sampled in
/// it, short enough for a scrape interval. At its end each thread's exact run time is shared out
/// over its samples, and what the process's own clock says beyond that is `[unsampled]`.
package actor Aggregator {
    /// The length of a window.
    package static let windowNanoseconds: UInt64 = 10_000_000_000
    /// Most processes that are accounted for.
    package static let processLimit = 65_536

    var processes: [ProcessID: AggregatedProcess] = [:]
    var table: GroupTable
    private let root: String
    var stacks: StackReader
    var names = FunctionNames()
    var profiles: ProfileKeeper
    /// Windows on system calls by what ended them, and threads that ran in one and were left alone.
    var windowEnds = ReasonCounts<CallWindowEnd>()
    var unwatched = ReasonCounts<UnwatchedReason>()
    /// Which calls' durations are kept.
    var timedCalls = TimedCalls.none
    private var stackEnds = StackEndCounts()
    var reader: ProcReader
    private var ownReader = ProcReader()
    let scan: ProcessScan
    /// Memory for a list of threads, kept between lists.
    var threadList: [ThreadID] = []
    private var memory = MemoryBudget()
    /// How many bytes of stack the tracer is to copy of a thread from now on.
    private var wanted: [ThreadID: Int] = [:]
    private(set) var latest = AggregateSnapshot()
    private var nextWindow: MonotonicInstant?
    var arrivals = BatchArrivals()

    /// Whether to count functions that are anywhere on the stack, too.
    private let countsInclusive: Bool
    /// What its work is charged to.
    let work: WorkClock

    package init(
        procRoot: String = "/proc",
        countsInclusive: Bool = false,
        work: WorkClock = WorkClock()
    ) {
        self.countsInclusive = countsInclusive
        self.work = work
        table = GroupTable(warmUpNanoseconds: Self.windowNanoseconds)
        stacks = StackReader(root: procRoot, limits: CodeLimits(within: memory.limitBytes))
        profiles = ProfileKeeper(memoryBytes: memory.limitBytes)
        root = procRoot
        reader = ProcReader(root: ProcRoot(procRoot))
        scan = ProcessScan(root: ProcRoot(procRoot), maximumThreads: ThreadCensus.threadLimit)
    }

    /// Sets the most memory that the agent may have; above it, caches are emptied.
    package func limitMemory(to bytes: UInt64) {
        guard bytes != memory.limitBytes else { return }
        memory.limitBytes = bytes
        stacks = StackReader(root: root, limits: CodeLimits(within: bytes))
        profiles.limitMemory(to: bytes)
    }

    /// Processes that used no CPU time in the latest window.
    package private(set) var idleProcessCount = 0

    /// Changes which processes are accounted for; one that is known already gets its new group.
    package func update(added: [SampledProcess]) {
        for process in added where processes.count < Self.processLimit {
            if let known = processes[process.id], known.startTime == process.startTime,
                !known.hasEnded
            {
                processes[process.id]?.group = process.group
                continue
            }
            guard let clock = ProcessCPUClock.nanoseconds(of: process.id) else { continue }
            processes[process.id] = AggregatedProcess(process, clockNanoseconds: clock)
        }
    }

    /// Everything counted so far.
    package func snapshot() -> AggregateSnapshot {
        var snapshot = latest
        snapshot.groups = table.groups
        snapshot.overflows = table.overflows
        snapshot.names = names.counts
        snapshot.windowEnds = windowEnds
        snapshot.unwatched = unwatched
        snapshot.stacks = stackEnds
        snapshot.codeBytes = stacks.files.byteCount
        snapshot.processCount = processes.count
        snapshot.memory = memory
        snapshot.profiles = profiles.counts
        return snapshot
    }

    /// Takes in one batch.
    ///
    /// - Returns: how many bytes of stack to copy of these threads from now on.
    package func ingest(_ batch: SampleBatch) -> [ThreadID: Int] {
        work.charge { take(batch) }
        return wanted
    }

    private func take(_ batch: SampleBatch) {
        wanted.removeAll(keepingCapacity: true)
        stacks.maps.beginBatch()
        for sample in batch.samples { add(sample, now: batch.madeAt) }
        for wait in batch.waits { add(wait, now: batch.madeAt) }
        for report in batch.processes { add(report) }
        profiles.endSlice(at: batch.madeAt)
        latest.tracer = batch.status
        let due = nextWindow ?? batch.madeAt.advanced(byNanoseconds: Self.windowNanoseconds)
        nextWindow = due
        if batch.madeAt >= due {
            idleProcessCount = processes.count {
                $0.value.windowNanoseconds == 0 && !$0.value.hasEnded
            }
            closeWindow(at: batch.madeAt)
            nextWindow = batch.madeAt.advanced(byNanoseconds: Self.windowNanoseconds)
        }
        keepMemoryBudget(at: batch.madeAt)
        arrivals.arrive(batch.madeAt)
    }

    private func keepMemoryBudget(at now: MonotonicInstant) {
        guard let stat = ownReader.stat(of: ProcessID(getpid())).value else { return }
        let isOver = memory.check(
            residentBytes: stat.residentBytes,
            nowNanoseconds: now.nanoseconds
        )
        guard isOver else { return }
        stacks.empty()
        // What was freed goes back to the kernel only when the allocator is asked.
        cptrace_trim_heap()
    }

    private func add(_ sample: SampleBatch.Sample, now: MonotonicInstant) {
        guard processes[sample.process] != nil else { return }
        if sample.isQueued {
            processes[sample.process]?.threads[sample.thread, default: AggregatedThread()]
                .addQueued()
            return
        }
        let stack = stack(of: sample, now: now)
        if let call = sample.systemCall {
            processes[sample.process]?.blocked[call, default: 0] += 1
        }
        processes[sample.process]?.threads[sample.thread, default: AggregatedThread()]
            .add(stack, rate: sample.rate)
    }

    /// Unwinds the stack of a sample, and names the function at its top.
    private func stack(of sample: SampleBatch.Sample, now: MonotonicInstant) -> SampledStack {
        var function = FunctionKey.unknown
        var stack: ArchivedStack?
        if let copy = sample.stack {
            if let end = stacks.read(FoundStack(copy, of: sample), now: now) {
                stackEnds.count(end)
                wanted[sample.thread] = copy.need(outermost: stacks.outermost, end: end)
                    .nextByteCount(after: wanted[sample.thread])
                if countsInclusive { countInclusive(of: sample.process) }
                stack = profiles.archive(stacks, under: sample.systemCall, end)
                // In a call the top is where the call was made, which nothing asks for.
                if sample.systemCall == nil, let leaf = stacks.frames.first {
                    function = names.function(of: leaf, in: stacks)
                }
            } else {
                stackEnds.count(.broken(.unmapped))
                function = names.unknownProcess()
            }
        }
        if let call = sample.systemCall {
            function = FunctionKey(symbol: call.name, object: FunctionKey.kernel.object)
        }
        return SampledStack(function: function, stack: stack, slice: profiles.slice)
    }

    /// Counts each function of the latest stack once.
    private func countInclusive(of process: ProcessID) {
        for name in Set(stacks.frames.map { names.function(of: $0, in: stacks) }) {
            processes[process]?.inclusive[name, default: 0] += 1
        }
    }

    private func add(_ report: SampleBatch.ProcessReport) {
        guard var process = processes[report.id] else { return }
        processes[report.id] = nil
        process.clockNanoseconds = max(process.clockNanoseconds, report.clockNanoseconds)
        process.pauseNanoseconds += report.pauseNanoseconds
        process.blocked.merge(report.blocked, uniquingKeysWith: +)
        for run in report.threads {
            process.threads[run.thread, default: AggregatedThread()]
                .add(run, in: profiles.slice)
            process.queueNanoseconds += run.waitNanoseconds
        }
        process.hasEnded = process.hasEnded || report.hasEnded
        processes[report.id] = process
    }
}
