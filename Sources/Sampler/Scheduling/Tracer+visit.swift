// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles
internal import SystemPackage

/// A thread that waited for the tracer's own CPU when it was looked at.
struct DisplacedThread {
    let index: Int
    let slot: Int
    let runCount: UInt64
    /// What a sample of it is weighed by.
    let rate: SamplingRate
}

extension Tracer {
    /// How long the tracer lets its CPU go: time enough for the displaced thread to come back.
    private static let napMicroseconds: UInt32 = 80
    /// Most threads remembered for after the nap.
    private static let displacedLimit = 64

    /// Visits a thread that can run if nothing speaks against it.
    ///
    /// "Can run" is not enough. A thread that was just woken by its time-out and waits for a CPU
    /// has not yet returned from its wait: a stop would make it fail, and the repair would begin
    /// the whole time-out again. A thread that is known to have run a moment ago can at worst be in
    /// a wait as young as that.
    func consider(_ slot: Int, of index: Int, _ sight: ThreadSight, lookedAt: MonotonicInstant) {
        let process = processes[index].id
        let thread = processes[index].threads[slot].id
        var sharesCPU = false
        if !sight.isOnCPU || needsTimes(slot, of: index) {
            guard case .value(let stat) = looker.stat(of: thread, in: process) else { return }
            observe(stat, slot, of: index)
            // A thread that is on a CPU while the tracer looks is on another than the tracer's.
            sharesCPU = !sight.isOnCPU && stat.processor == cptrace_current_cpu()
        }
        guard mayVisit(slot, of: index) else { return }
        let presence =
            sight.isOnCPU
            ? .onCPU
            : looker.presence(of: thread, in: process, runCount: sight.statistics?.runCount)
        guard presence == .queued, configuration.engine.looks else {
            let found = presence == .onCPU ? nil : sight.statistics
            visit(slot, of: index, unproven: found, lookedAt: lookedAt, sharesCPU: sharesCPU)
            return
        }
        guard sharesCPU else {
            recordQueued(slot, of: index)
            return
        }
        // It may have run until the tracer woke up.
        if placement.canMove {
            hasDisplaced = true
            counters.droppedSamples.increment(.ownCPU)
        } else if displaced.count < Self.displacedLimit {
            displaced.append(
                DisplacedThread(
                    index: index,
                    slot: slot,
                    runCount: sight.statistics?.runCount ?? 0,
                    rate: lookRate
                )
            )
        } else {
            recordQueued(slot, of: index)
        }
    }

    /// Goes to another CPU, now and then, where this tick displaced a thread.
    func leaveDisplaced() {
        guard hasDisplaced else { return }
        hasDisplaced = false
        guard let others = placement.choose(leaving: Int(cptrace_current_cpu())) else { return }
        do throws(Errno) {
            // The first call moves the tracer, and the second gives the kernel its choice back.
            try CPUAffinity.set(others)
            try CPUAffinity.set(placement.allowed)
        } catch {
            placement.noteRefused()
        }
    }

    /// Gives the tracer's CPU back for a moment, and visits the thread that got it.
    ///
    /// Only where the tracer cannot move: on one CPU it would never see a thread run.
    func visitDisplaced() {
        guard !displaced.isEmpty else { return }
        defer { displaced.removeAll(keepingCapacity: true) }
        let napped = MonotonicInstant.now()
        usleep(Self.napMicroseconds)
        wokeAt = .now()
        for candidate in displaced {
            let process = processes[candidate.index].id
            let thread = processes[candidate.index].threads[candidate.slot].id
            let statistics = looker.statistics(of: thread, in: process)
            lookRate = candidate.rate
            if let statistics, statistics.runCount != candidate.runCount, visitsLeft > 0 {
                visit(
                    candidate.slot,
                    of: candidate.index,
                    unproven: nil,
                    lookedAt: napped,
                    sharesCPU: true
                )
            } else {
                recordQueued(candidate.slot, of: candidate.index)
            }
        }
    }

    /// Visits a thread and records what it did.
    ///
    /// - Parameter statistics: of the look, where that could not prove the thread on a CPU; they
    /// are
    ///   then compared with those at the stop.
    private func visit(
        _ slot: Int,
        of index: Int,
        unproven statistics: SchedulerStatistics?,
        lookedAt: MonotonicInstant,
        sharesCPU: Bool
    ) {
        let process = processes[index].id
        let thread = processes[index].threads[slot].id
        let request = VisitRequest(
            process: process,
            thread: thread,
            lookedAt: lookedAt,
            schedulerStatistics: statistics == nil ? -1 : looker.descriptor(.schedstat, of: thread),
            systemCall: looker.descriptor(.syscall, of: thread),
            sharesCPU: sharesCPU,
            stackBytes: processes[index].threads[slot].stackBytes
        )
        visitsLeft -= 1
        visitCount += 1
        governor.countVisit(isGranted: true)
        let outcome = engine.visit(request)
        let held = outcome == .sampled || outcome == .groupStopped
        let pause = held ? engine.visit.pauseNanoseconds : 0
        budget.charge(
            &processes[index].allowance,
            pauseNanoseconds: pause,
            unseenNanoseconds: held ? Self.unseenNanoseconds(sharesCPU: sharesCPU) : 0,
            nowNanoseconds: MonotonicInstant.now().nanoseconds
        )
        processes[index].pauseNanoseconds += pause
        if held { pauses.add(seconds: Double(pause) / 1e9) }
        record(outcome, slot, of: index, statistics)
        if visitCount % configuration.verificationInterval == 0 { verify(thread, of: process) }
    }

    /// What a visit costs its target beyond the time that the tracer sees it held.
    ///
    /// By the target's own clock it loses 5 us more where the tracer is on another CPU, and two
    /// changes of context where the tracer comes onto its own (docs/PERFORMANCE.md, how long a
    /// thread is held).
    private static func unseenNanoseconds(sharesCPU: Bool) -> UInt64 {
        sharesCPU ? 26_000 : 5_000
    }

    /// How old the times of a thread that computes may be, for the transfer guard.
    ///
    /// It takes 140 ms of CPU time in the kernel for such a thread to be left alone.
    private static let timesNanoseconds: UInt64 = 40_000_000

    private func needsTimes(_ slot: Int, of index: Int) -> Bool {
        let thread = processes[index].threads[slot]
        return !thread.transferGuard.seesComputingOnly
            || wokeAt.nanoseconds &- thread.timesReadAt >= Self.timesNanoseconds
    }

    private func observe(_ stat: ThreadStat, _ slot: Int, of index: Int) {
        processes[index].threads[slot].timesReadAt = wokeAt.nanoseconds
        processes[index].threads[slot].transferGuard.observe(
            userTicks: stat.userTicks,
            systemTicks: stat.systemTicks
        )
        processes[index].threads[slot].observe(ticks: stat.userTicks &+ stat.systemTicks)
    }

    /// Whether the transfer guard, the budget and the tick's limit allow a visit.
    private func mayVisit(_ slot: Int, of index: Int) -> Bool {
        let decision = processes[index].threads[slot].transferGuard.decide(
            nowNanoseconds: wokeAt.nanoseconds
        )
        processes[index].threads[slot].isMostlySystem = false
        if configuration.guardsTransfers, case .withhold(let reason) = decision {
            if case .systemTime = reason {
                processes[index].threads[slot].isMostlySystem = true
            }
            counters.withheld.increment(reason.reason)
            return false
        }
        guard configuration.visits else {
            counters.withheld.increment(.notPermitted)
            return false
        }
        guard !isPaused else {
            counters.withheld.increment(.paused)
            return false
        }
        guard visitsLeft > 0 else {
            counters.droppedSamples.increment(.bufferFull)
            return false
        }
        guard budgetPermits(index) else { return false }
        return !engine.parked.contains { $0.thread == processes[index].threads[slot].id }
    }

    private func record(
        _ outcome: VisitOutcome,
        _ slot: Int,
        of index: Int,
        _ statistics: SchedulerStatistics?
    ) {
        switch outcome {
        case .sampled:
            recordSample(slot, of: index, statistics)
        case .groupStopped: counters.droppedSamples.increment(.groupStop)
        case .exited: counters.droppedSamples.increment(.exited)
        case .staleLook: counters.droppedSamples.increment(.staleLook)
        case .full: counters.droppedSamples.increment(.bufferFull)
        case .parked(.movedByExec): counters.droppedSamples.increment(.execed)
        case .parked: counters.droppedSamples.increment(.timeout)
        case .refused(let refusal):
            counters.attachFailures.increment(reason(refusal, processes[index].id))
        }
    }

    private func recordSample(
        _ slot: Int,
        of index: Int,
        _ statistics: SchedulerStatistics?
    ) {
        let visit = engine.visit
        let thread = processes[index].threads[slot].id
        if let repair = visit.repair { counters.repairs.increment(repair) }
        noteTransfer(slot, of: index)
        batch.samples.append(
            SampleBatch.Sample(
                process: processes[index].id,
                thread: thread,
                instructionPointer: visit.registers.instructionPointer,
                systemCall: visit.registers.systemCall,
                isQueued: isQueued(visit, statistics),
                rate: lookRate,
                pauseNanoseconds: visit.pauseNanoseconds,
                stack: copiedStack()
            )
        )
        lastSampleAt = visit.resumedAt
    }

    /// The stack of the visit in hand, out of the engine's slab; the thread runs again already.
    private func copiedStack() -> StackCopy? {
        guard configuration.engine.stackBytes > 0 else { return nil }
        let bytes = engine.withStack { Array($0) }
        batch.stackByteCount += bytes.count
        return StackCopy(
            registers: .all(engine.visit.registers),
            base: engine.visit.stackBase,
            bytes: bytes
        )
    }

    /// Records a thread that waits for a CPU: no CPU time, and nothing to stop.
    private func recordQueued(_ slot: Int, of index: Int) {
        batch.samples.append(
            SampleBatch.Sample(
                process: processes[index].id,
                thread: processes[index].threads[slot].id,
                instructionPointer: Address(0),
                systemCall: nil,
                isQueued: true,
                rate: lookRate,
                pauseNanoseconds: 0,
                stack: nil
            )
        )
    }

    /// Whether the thread was only waiting for a CPU when it was looked at.
    private func isQueued(_ visit: Visit, _ look: SchedulerStatistics?) -> Bool {
        guard let look,
            let stop = SchedulerStatistics.parse(
                visit.statistics.span.extracting(0..<visit.statisticsByteCount)
            )
        else { return false }
        return QueuedTest.judge(
            look: SchedulerReading(
                runCount: look.runCount,
                runDelayNanoseconds: look.waitNanoseconds
            ),
            stop: SchedulerReading(
                runCount: stop.runCount,
                runDelayNanoseconds: stop.waitNanoseconds
            ),
            wakeNanoseconds: wokeAt.nanoseconds,
            stopNanoseconds: visit.stoppedAt.nanoseconds
        )
            == .queued
    }

    /// Counts a transfer that the stop cut short, and leaves the thread alone for a growing time.
    private func noteTransfer(_ slot: Int, of index: Int) {
        let thread = processes[index].threads[slot].id
        guard let kind = TransferCall.shortKind(of: thread, engine.visit.registers) else { return }
        counters.shortTransfers.increment(kind)
        processes[index].threads[slot].transferGuard.noteShortTransfer(
            nowNanoseconds: wokeAt.nanoseconds
        )
    }

    /// Tells the causes of a refusal apart; the thread is not held, so this may take its time.
    private func reason(_ refusal: AttachRefusal, _ process: ProcessID) -> AttachFailureReason {
        switch refusal {
        case .gone: return .exited
        case .unsupported: return .other
        case .notPermitted: break
        }
        guard case .value(let status) = reader.status(of: process) else { return .exited }
        if status.tracer != nil { return .alreadyTraced }
        if status.state.hasExited { return .exited }
        if case .value(let scope) = reader.yamaScope(), scope >= 3 { return .yama }
        return .permission
    }

    /// Looks whether a visited thread runs on as it was found.
    private func verify(_ thread: ThreadID, of process: ProcessID) {
        guard case .value(let status) = reader.status(of: thread, in: process) else {
            counters.verifications.increment(.gone)
            return
        }
        if status.tracer == executor.thread {
            // A thread that is parked is still owed; any other must be free.
            guard !engine.parked.contains(where: { $0.thread == thread }) else { return }
            counters.verifications.increment(.stillTraced)
        } else if status.state == .stopped {
            counters.verifications.increment(.stoppedByOther)
        } else {
            counters.verifications.increment(.asFound)
        }
    }
}
