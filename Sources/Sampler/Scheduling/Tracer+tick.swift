// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles

extension Tracer {
    /// How long a list of threads stands while its process runs.
    private static let threadListNanoseconds: UInt64 = 1_000_000_000

    /// For how long after it last ran the threads of a process are looked at.
    ///
    /// Its clock alone does not tell: for a thread that is on a CPU, it moves only when the
    /// scheduler accounts for it, at its timer ticks (4 ms at 250 Hz) and when the thread gives the
    /// CPU up (kernel/sched/cputime.c: `thread_group_cputime` reads `sum_exec_runtime` as it is).
    /// A process that never computes for so long would never be found on a CPU, and of others the
    /// beginnings of their runs would be missing.
    private static let livelyNanoseconds: UInt64 = 1_000_000_000

    /// One sampling point: looks at what may have run, and visits what runs.
    func performTick() {
        pulse.beat(wokeAt)
        engine.tendParked(
            now: wokeAt,
            isRunning: { isRunning($0) },
            isTracedByUs: { isTracedByUs($0) }
        )
        isPaused = findPaused()
        if isPaused { counters.missedTicks.increment(.paused) }
        guard affordsTick() else {
            engine.settleDebts()
            return
        }
        tick += 1
        visitsLeft = configuration.visitsPerTick
        let count = processes.count
        if count > 0 {
            // Where the round begins is drawn anew, so that no process is always last.
            let start = Int.random(in: 0..<count, using: &shuffle)
            for offset in 0..<count {
                let index = (start + offset) % count
                if processes[index].nextTick <= tick, !processes[index].hasEnded {
                    lookAtProcess(index)
                }
            }
        }
        visitDisplaced()
        // What stopped between its parking and now raised no signal.
        engine.settleDebts()
        leaveDisplaced()
    }

    private func lookAtProcess(_ index: Int) {
        let id = processes[index].id
        if !letAlone.isEmpty, let until = letAlone[id], wokeAt < until {
            counters.withheld.increment(.pausedByRequest)
            processes[index].lookedTick = tick
            processes[index].nextTick = tick + 1
            return
        }
        // A clock that runs backwards is another process's under the same number.
        guard let clock = ProcessCPUClock.nanoseconds(of: id),
            clock >= processes[index].clockNanoseconds
        else {
            processes[index].hasEnded = true
            return
        }
        let used = clock - processes[index].clockNanoseconds
        processes[index].ticksSinceLook = max(tick - processes[index].lookedTick, 1)
        processes[index].lookedTick = tick
        let isNew = processes[index].threadsListedAt == 0
        if used > 0 || isNew { processes[index].ranAt = wokeAt }
        guard wokeAt.nanoseconds(since: processes[index].ranAt) < Self.livelyNanoseconds else {
            processes[index].foundIdleAt = wokeAt
            processes[index].interval = min(processes[index].interval * 2, longestInterval)
            processes[index].nextTick = Self.sharedTick(
                notAfter: tick + processes[index].interval,
                interval: processes[index].interval
            )
            return
        }
        processes[index].clockNanoseconds = clock
        processes[index].interval = 1
        processes[index].nextTick = tick + 1
        budget.credit(&processes[index].allowance, cpuNanoseconds: used)
        processes[index].accountBlocked(upTo: tick)
        listThreads(index)
        lookAtThreads(index)
    }

    /// Ticks that processes which do not run share, so that the ticks between have nothing to do.
    private static let sharedTicks: UInt64 = 8

    private static func sharedTick(notAfter tick: UInt64, interval: UInt64) -> UInt64 {
        interval < sharedTicks ? tick : tick / sharedTicks * sharedTicks
    }

    /// The coming ticks at which no process is due.
    ///
    /// At most a quarter of a second, since a process may be added at any time; and none before the
    /// first one is, whose beginning would be missed.
    var idleTicks: UInt64 {
        guard engine.parked.isEmpty, !processes.isEmpty else { return 0 }
        let most = configuration.longestBackOffNanoseconds / schedule.rate.periodNanoseconds
        let next = processes.lazy.map(\.nextTick).min() ?? .max
        return next > tick + 1 ? min(next - tick - 1, most) : 0
    }

    /// Ticks in the longest time between two looks.
    ///
    /// The more processes there are, the longer it is, up to a second: the looks at those that
    /// sleep come to about a thousand a second at most.
    private var longestInterval: UInt64 {
        let crowd = min(UInt64(processes.count) * 1_000_000, 1_000_000_000)
        let longest = max(configuration.longestBackOffNanoseconds, crowd)
        return max(1, longest / schedule.rate.periodNanoseconds)
    }

    private func listThreads(_ index: Int) {
        let listed = processes[index].threadsListedAt
        guard listed == 0 || wokeAt.nanoseconds &- listed > Self.threadListNanoseconds else {
            return
        }
        let outcome = scanner.list(threadsOf: processes[index].id, into: &threadList)
        guard outcome == .complete || outcome == .limitReached else { return }
        let ended = processes[index].update(threads: threadList, limit: configuration.threadLimit)
        for thread in ended { looker.forget(thread) }
        processes[index].threadsListedAt = max(wokeAt.nanoseconds, 1)
    }

    private func lookAtThreads(_ index: Int) {
        let count = processes[index].threads.count
        guard count > 0 else { return }
        let start = Int.random(in: 0..<count, using: &shuffle)
        for offset in 0..<count {
            let slot = (start + offset) % count
            let thread = processes[index].threads[slot]
            if thread.pace.nextTick <= tick, !thread.hasEnded { look(at: slot, of: index) }
        }
    }

    /// Looks at one thread without stopping it, and visits it if it runs.
    private func look(at slot: Int, of index: Int) {
        let process = processes[index].id
        let thread = processes[index].threads[slot].id
        // A look at a thread that runs costs more than the rest of a tick, and would lead to
        // nothing.
        if processes[index].threads[slot].wasRunning, !budgetPermits(index) {
            processes[index].threads[slot].pace.putOff(tick: tick)
            return
        }
        let lookedAt = MonotonicInstant.now()
        let look = looker.look(
            at: thread,
            in: process,
            expectsRunning: processes[index].threads[slot].wasRunning
        )
        switch look {
        case .gone:
            processes[index].threads[slot].hasEnded = true
        case .notPermitted, .unsupported:
            planLook(at: slot, of: index, isRunning: false)
        case .seen(let sight):
            let hasRun = processes[index].threads[slot]
                .observe(sight.statistics, at: lookedAt)
            recordWait(sight, hasRun: hasRun, at: slot, of: index)
            processes[index].threads[slot].note(sight.activity)
            let stands = max(
                processes[index].threads[slot].pace.blockTicks,
                processes[index].ticksSinceLook
            )
            lookRate = SamplingRate(hertz: schedule.rate.hertz / Double(stands))
            planLook(at: slot, of: index, isRunning: sight.activity == .running)
            if sight.activity == .running || !configuration.engine.looks {
                consider(slot, of: index, sight, lookedAt: lookedAt)
            }
        }
    }

    private func planLook(at slot: Int, of index: Int, isRunning: Bool) {
        processes[index].threads[slot].pace.plan(
            tick: tick,
            isRunning: isRunning,
            longestTicks: longestInterval,
            using: &shuffle
        )
    }

    /// Whether a thread is on a CPU; any thread's number names a directory of `/proc`.
    private func isRunning(_ thread: ThreadID) -> Bool {
        let directory = ProcessID(thread.rawValue)
        guard case .seen(let sight) = looker.look(at: thread, in: directory),
            sight.activity == .running
        else { return false }
        return looker.presence(
            of: thread,
            in: directory,
            runCount: sight.statistics?.runCount
        ) != .queued
    }

    private func isTracedByUs(_ thread: ThreadID) -> Bool {
        guard case .value(let status) = reader.status(of: ProcessID(thread.rawValue)) else {
            return false
        }
        return status.tracer == executor.thread
    }
}

extension TargetThread {
    /// Remembers what a look found the thread doing.
    mutating func note(_ activity: ThreadActivity) {
        switch activity {
        case .running:
            wasRunning = true
            isBlocked = false
            blockedCall = nil
            return
        case .blocked(let call):
            isBlocked = true
            blockedCall = SystemCallNumber(call.number)
        case .blockedOutside, .waiting:
            isBlocked = true
            blockedCall = nil
        }
        wasRunning = false
    }
}
