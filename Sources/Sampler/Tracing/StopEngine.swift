// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Profiles
internal import SystemPackage

/// Stops threads one at a time, looks, and lets go.
///
/// All calls must come from one OS thread, the tracer's. Between the interrupt and the detach there
/// is nothing but the wait, the registers, one copy, the run count and the repair: no allocation,
/// no lock, no log line.
package struct StopEngine: ~Copyable {
    package var settings: EngineSettings
    package private(set) var visit = Visit()
    package private(set) var parked: [ParkedThread] = []
    package private(set) var counts = EngineCounts()
    let childSignal: Int32
    private let slab: UnsafeMutableRawBufferPointer
    private let timer: DeadlineTimer
    private let watch: SeizeWatch
    private let guardPage: GuardPage?

    /// - Parameters:
    ///   - childSignal: a signalfd of SIGCHLD, owned by the caller.
    ///   - timer: made on the thread that calls the engine.
    ///   - guardPage: where the classic method names the target in hand for the guard process.
    package init(
        settings: EngineSettings,
        childSignal: Int32,
        timer: consuming DeadlineTimer,
        watch: SeizeWatch,
        guardPage: GuardPage?
    ) {
        self.timer = timer
        self.settings = settings
        self.childSignal = childSignal
        self.watch = watch
        self.guardPage = guardPage
        slab = .allocate(byteCount: max(settings.stackBytes, 1), alignment: 64)
        parked.reserveCapacity(EngineSettings.parkedLimit)
        ChildSignal.reportStops(false)
    }

    deinit { slab.deallocate() }

    /// The stack bytes of the latest visit, lowest address first.
    package func withStack<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(rebasing: slab[..<visit.stackByteCount]))
    }

    /// Visits one thread; what it saw is in `visit`.
    package mutating func visit(_ request: VisitRequest) -> VisitOutcome {
        settleDebts()
        guard parked.count < EngineSettings.parkedLimit else { return .full }
        let began = MonotonicInstant.now()
        guard !settings.looks || isFresh(request, at: began) else { return .staleLook }
        if settings.method == .attach { guardPage?.arm(request.process) }
        let outcome = attach(request, at: began)
        if case .parked = outcome { return outcome }
        if settings.method == .attach { guardPage?.disarm(request.process) }
        return outcome
    }

    private mutating func attach(
        _ request: VisitRequest,
        at began: MonotonicInstant
    ) -> VisitOutcome {
        counts.attachAttempts += 1
        let pending: PendingStop
        do {
            watch.begin(began)
            defer { watch.end() }
            pending =
                settings.method == .seize
                ? try PendingStop.seize(request.thread) : try PendingStop.attach(request.thread)
        } catch {
            return .refused(AttachRefusal(error))
        }
        return stop(pending, request)
    }

    private func isFresh(_ request: VisitRequest, at now: MonotonicInstant) -> Bool {
        now.nanoseconds(since: request.lookedAt) <= settings.staleLookNanoseconds
    }

    private mutating func stop(
        _ pending: consuming PendingStop,
        _ request: VisitRequest
    ) -> VisitOutcome {
        die(at: .afterSeize)
        if settings.deathPoint == .atSignal { usleep(200) }
        visit.seizedAt = .now()
        // A seize can wait for an exec. A thread that has blocked meanwhile is not interrupted: it
        // stays seized until a look finds it running, or a signal stops it.
        if settings.looks, !isFresh(request, at: visit.seizedAt),
            !RunningProbe.isRunning(request.systemCall)
        {
            return park(pending, request, .awaitRunning)
        }
        // The timer of a wait that blocks at once is set before there is anything to wait for.
        if request.sharesCPU { timer.arm(nanoseconds: settings.deadlineNanoseconds) }
        visit.interruptedAt = .now()
        pending.interrupt()
        die(at: .afterInterrupt)
        let wait = StopWait(
            spin: request.sharesCPU
                ? nil : visit.interruptedAt.advanced(byNanoseconds: settings.spinNanoseconds),
            deadline: visit.interruptedAt.advanced(byNanoseconds: settings.deadlineNanoseconds)
        )
        switch pending.settle(wait, timer: timer) {
        case .exited: return .exited
        case .late(let late, let reason): return park(late, request, reason)
        case .stopped(let stopped): return look(at: stopped, request)
        }
    }

    /// The held part of a visit, and the detach.
    private mutating func look(
        at stopped: consuming StoppedThread,
        _ request: VisitRequest
    ) -> VisitOutcome {
        die(at: .afterWait)
        if case .signal = stopped.kind { die(at: .atSignal) }
        visit.stoppedAt = .now()
        visit.kind = stopped.kind
        let readable = stopped.readRegisters(into: &visit.registers)
        visit.repair = settings.repairs && readable ? stopped.repair(visit.registers) : nil
        die(at: .afterRepair)
        if settings.stackBytes > 0, readable { copyStack(request) }
        visit.statisticsByteCount = visit.statistics.fill(from: request.schedulerStatistics)
        let kind = stopped.kind
        let resumed = stopped.resume()
        visit.resumedAt = .now()
        timer.disarm()
        guard resumed == .running, readable else {
            owe(request, method: settings.method, .dying)
            return .exited
        }
        if case .group = kind { return .groupStopped }
        return .sampled
    }

    private mutating func copyStack(_ request: VisitRequest) {
        let base = visit.registers.stackPointer.rawValue &- EngineSettings.redZoneBytes
        visit.stackBase = Address(base)
        let wanted = UnsafeMutableRawBufferPointer(
            rebasing: slab[..<min(slab.count, request.stackBytes)]
        )
        visit.stackByteCount =
            (try? Ptrace.copyMemory(of: request.thread, from: visit.stackBase, into: wanted)) ?? 0
    }

    private mutating func park(
        _ pending: consuming PendingStop,
        _ request: VisitRequest,
        _ reason: ParkReason
    ) -> VisitOutcome {
        record(pending.park(process: request.process, reason: reason, at: .now()))
        return .parked(reason)
    }

    private mutating func owe(_ request: VisitRequest, method: StopMethod, _ reason: ParkReason) {
        record(
            ParkedThread(
                process: request.process,
                thread: request.thread,
                method: method,
                reason: reason,
                since: .now()
            )
        )
    }

    private mutating func record(_ debt: ParkedThread) {
        parked.append(debt)
        counts.parked.increment(debt.reason)
        parkedChanged()
    }

    /// Ends the agent at the point that a test named.
    private func die(at point: DeathPoint) {
        if let chosen = settings.deathPoint, chosen == point { kill(getpid(), SIGKILL) }
    }

    // The parked list is only changed here and in `StopEngine+debts`.
    mutating func removeParked(where matches: (ParkedThread) -> Bool) {
        for debt in parked where debt.method == .attach && matches(debt) {
            guardPage?.disarm(debt.process)
        }
        parked.removeAll(where: matches)
        parkedChanged()
    }

    private func parkedChanged() {
        ChildSignal.reportStops(!parked.isEmpty)
        watch.update(tracees: parked.lazy.map(\.thread))
    }

    mutating func count(_ change: (inout EngineCounts) -> Void) { change(&counts) }
}
