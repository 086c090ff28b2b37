// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Profiles
package import SystemPackage

/// Looks at targets and visits the threads that run, all on one OS thread.
///
/// Everything that holds a target happens in synchronous code between two waits, so nothing can be
/// suspended, and no other work of this actor can run, while a thread is stopped.
package actor Tracer {
    package nonisolated let executor: TracerExecutor
    package nonisolated let pulse: TracerPulse
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    let configuration: SamplerConfiguration
    var engine: StopEngine
    var looker: ThreadLooker
    let scanner: ProcessScan
    /// Memory for a list of threads, kept between lists.
    var threadList: [ThreadID] = []
    var reader: ProcReader
    var processes: [TargetProcess] = []
    var schedule: SamplingSchedule
    var budget: VisitBudget
    var agentBudget: AgentCPUBudget
    /// The CPU clocks of the helpers, summed at the latest review.
    var helperNanoseconds: UInt64 = 0
    /// Sets the rate by what the budget lets be visited.
    var governor: RateGovernor
    var batch = SampleBatch()
    var counters = SamplerCounters()
    var pauses = PauseHistogram()
    /// When the tracer goes to another CPU, and whether this tick displaced a thread.
    var placement: TracerPlacement
    var hasDisplaced = false
    /// Numbers the ticks; looks are planned by it.
    var tick: UInt64 = 0
    var visitsLeft = 0
    var waitStacksLeft: Int
    /// What a sample of the look in hand is weighed by.
    var lookRate: SamplingRate
    /// Threads that waited for the tracer's own CPU at this tick.
    var displaced: [DisplacedThread] = []
    var visitCount: UInt64 = 0
    var shuffle: SplitMix64
    /// When the current tick's wait ended.
    var wokeAt = MonotonicInstant(nanoseconds: 0)
    /// Processes to be let alone, by request, until an instant.
    var letAlone: [ProcessID: MonotonicInstant] = [:]
    /// Whose system calls are watched in windows.
    var windowScope = WindowScope.off
    /// Whether an operator asked to stop all visits, and whether they are stopped at this tick.
    var isPausedByRequest = false
    var isPaused = false
    var lastSampleAt: MonotonicInstant?
    private var stopping = false
    private var nextTick = MonotonicInstant(nanoseconds: 0)
    /// Batches handed on so far.
    var batchCount: UInt64 = 0
    var reviewedAt: MonotonicInstant
    private var nextBatch = MonotonicInstant(nanoseconds: 0)
    private let watch: SeizeWatch
    private let output: AsyncStream<SampleBatch>.Continuation

    /// How often the rate is reviewed.
    static let reviewNanoseconds: UInt64 = 1_000_000_000

    /// Prepares the tracer; `executor` must have been started.
    ///
    /// - Throws: the error of timer_create(2).
    package init(
        _ configuration: SamplerConfiguration,
        executor: TracerExecutor,
        watch: SeizeWatch,
        guardPage: GuardPage?,
        output: AsyncStream<SampleBatch>.Continuation
    ) throws(Errno) {
        self.configuration = configuration
        self.executor = executor
        self.watch = watch
        self.output = output
        pulse = TracerPulse()
        engine = StopEngine(
            settings: configuration.engine,
            childSignal: executor.childSignal,
            timer: try DeadlineTimer(thread: executor.thread),
            watch: watch,
            guardPage: guardPage
        )
        looker = ThreadLooker(
            root: configuration.procRoot,
            capacity: configuration.descriptorCapacity
        )
        scanner = ProcessScan(root: configuration.procRoot)
        reader = ProcReader(root: configuration.procRoot)
        reviewedAt = .now()
        let now = reviewedAt.nanoseconds
        schedule = SamplingSchedule(
            rate: configuration.rate,
            startNanoseconds: now,
            seed: configuration.seed
        )
        waitStacksLeft = configuration.waitStacksPerBatch
        governor = RateGovernor(configuration.rate)
        lookRate = configuration.rate
        budget = VisitBudget(limits: configuration.budget)
        agentBudget = AgentCPUBudget(
            limit: configuration.budget.agentSecondsPerSecond,
            time: Self.spentTime(configuration, threadNanoseconds: 0, helperNanoseconds: 0),
            nowNanoseconds: now
        )
        shuffle = SplitMix64(seed: configuration.seed ^ 0x5851_F42D_4C95_7F2D)
        placement = TracerPlacement(
            allowed: CPUAffinity.current(of: executor.thread),
            seed: configuration.seed ^ 0x2545_F491_4F6C_DD1D
        )
    }

    /// Samples until `stop`, then lets every thread go.
    package func run() async {
        nextBatch = MonotonicInstant.now().advanced(byNanoseconds: configuration.batchNanoseconds)
        await executor.drive(from: planTick()) { wake in
            self.onOwnThread { $0.takeTurn(wake) }
        }
        engine.settleAllDebts(before: .now().advanced(byNanoseconds: 1_000_000_000))
        finishWaits()
        emitBatch(at: .now(), tellsOfWaits: true)
        output.finish()
    }

    /// Runs a body that is isolated to this actor, from a turn of its executor.
    ///
    /// `assumeIsolated` would ask the concurrency runtime first, which knows nothing of turns and
    /// takes a tenth of a tick to find out; this asks the thread, in debug builds.
    private nonisolated func onOwnThread<Value>(_ body: (isolated Tracer) -> Value) -> Value {
        assert(executor.isCurrent, "a turn runs on the tracer's thread")
        typealias Plain = (Tracer) -> Value
        // As `assumeIsolated` does: isolation is part of a function's type and not of its calls.
        return withoutActuallyEscaping(body) { body in
            unsafe unsafeBitCast(body, to: Plain.self)(self)
        }
    }

    /// Ends `run` after the tick in hand.
    package func stop() {
        stopping = true
        executor.hurry()
    }

    /// Does what is due.
    ///
    /// - Returns: when the next turn is; nil after `stop`.
    private func takeTurn(_ wake: TracerExecutor.Wake) -> MonotonicInstant? {
        wokeAt = .now()
        if stopping { return nil }
        guard wake == .deadline else {
            engine.settleDebts()
            return nextTick
        }
        performTick()
        if wokeAt >= nextBatch || batch.stackByteCount >= configuration.batchStackBytes {
            emitBatch(at: wokeAt)
            nextBatch = wokeAt.advanced(byNanoseconds: configuration.batchNanoseconds)
        }
        reviewRate()
        return planTick()
    }

    private func planTick() -> MonotonicInstant {
        let idle = idleTicks
        schedule.pass(idle)
        tick += idle
        let missed = schedule.missedTicks
        let next = schedule.next(afterNanoseconds: MonotonicInstant.now().nanoseconds)
        if schedule.missedTicks > missed {
            counters.missedTicks.increment(.overrun, by: schedule.missedTicks - missed)
        }
        nextTick = MonotonicInstant(nanoseconds: next.nanoseconds)
        pulse.expect(nextTick)
        return nextTick
    }

    /// Changes which processes are sampled; one that is known already gets its new group.
    package func update(added: [SampledProcess], removed: [ProcessID]) {
        if !removed.isEmpty {
            let gone = Set(removed)
            for index in processes.indices where gone.contains(processes[index].id) {
                processes[index].hasEnded = true
            }
        }
        for target in added {
            let known = processes.firstIndex {
                $0.id == target.id && $0.startTime == target.startTime && !$0.hasEnded
            }
            if let known {
                processes[known].group = target.group
                processes[known].isLent = target.isLent
                continue
            }
            guard let clock = ProcessCPUClock.nanoseconds(of: target.id) else { continue }
            processes.append(TargetProcess(target, clockNanoseconds: clock, tick: tick))
        }
    }

    /// Leaves a process alone until an instant, for a debugger; nothing of it is looked at or held.
    package func letAlone(_ process: ProcessID, until instant: MonotonicInstant) {
        letAlone[process] = instant
    }

    /// Sets how many bytes of stack the next visits of threads copy.
    package func copyStacks(_ byteCounts: [ThreadID: Int]) {
        for index in processes.indices {
            for slot in processes[index].threads.indices {
                let thread = processes[index].threads[slot].id
                guard let count = byteCounts[thread] else { continue }
                let before = processes[index].threads[slot].stackBytes
                processes[index].threads[slot].stackBytes = StackCopy.clamped(count)
                // Threads that run are copied again anyway.
                if count >= 2 * before { processes[index].threads[slot].wait.wantCopy() }
            }
        }
    }

    /// How many processes are let alone by request now.
    package var letAloneCount: Int { letAlone.count }

    /// Hands on what was seen until now, in a batch that says so.
    ///
    /// - Parameter tellsOfWaits: whether of all threads that wait on, too, which costs more the
    ///   more there are.
    package func endPeriod(tellsOfWaits: Bool = true) {
        batch.endsPeriod = true
        emitBatch(at: .now(), tellsOfWaits: tellsOfWaits)
    }

    private func emitBatch(at now: MonotonicInstant, tellsOfWaits: Bool = false) {
        batch.madeAt = now
        batch.status = status(at: now)
        // What was too many for the ticks is made good here, as far as it goes.
        waitStacksLeft = configuration.waitStacksPerBatch
        collectReports(tellsOfWaits: tellsOfWaits)
        waitStacksLeft = configuration.waitStacksPerBatch
        letAlone = letAlone.filter { $0.value > now }
        if case .dropped(let lost) = output.yield(batch) {
            counters.droppedSamples.increment(.bufferFull, by: UInt64(lost.samples.count))
        }
        batch = SampleBatch()
    }

    private func status(at now: MonotonicInstant) -> TracerStatus {
        counters.ticks = schedule.ticks
        counters.attachAttempts = engine.counts.attachAttempts
        counters.parked = engine.counts.parked
        var status = TracerStatus()
        status.counters = counters
        status.counters.repairs.merge(engine.counts.repairs)
        status.pauses = pauses
        status.parkedThreads = engine.parked.count
        status.stuckThreads =
            engine.parked.count { now.nanoseconds(since: $0.since) > 1_000_000_000 }
        status.descriptors = looker.counters
        status.seizeRescues = watch.rescueCount
        status.lateReleases = engine.counts.lateReleases
        status.overlongPauses = budget.overlongPauses
        status.rate = schedule.rate
        status.lastSampleAt = lastSampleAt
        status.agentCPUShare = agentBudget.used
        status.agentCPUTime = agentBudget.time
        status.unchargedSeconds = agentBudget.unchargedNanoseconds / 1e9
        status.limits = budget.limits
        status.isPaused = isPaused
        return status
    }
}
