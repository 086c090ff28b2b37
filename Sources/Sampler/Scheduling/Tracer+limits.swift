// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Profiles

extension Tracer {
    /// Stops all visits from the next tick on, or lets them go on.
    ///
    /// Looks go on, so that no CPU time is counted in one lump when visits are resumed.
    package func setPaused(_ isPaused: Bool) { isPausedByRequest = isPaused }

    /// Stops all visits, and waits until every thread that was to be held has been let go, for a
    /// second at most: before this program is stopped itself, when it could let none go.
    package func settleForSuspension() {
        isPausedByRequest = true
        engine.settleAllDebts(before: .now().advanced(byNanoseconds: 1_000_000_000))
    }

    /// Puts another rate and other limits in force.
    package func reconfigure(rate: SamplingRate, limits: VisitBudget.Limits) {
        governor.configure(rate)
        schedule.rate = governor.inForce
        budget.limits = limits
        agentBudget.limit = limits.agentSecondsPerSecond
    }

    /// Raises the rate above the configured one, within the same limits, until this is called with
    /// nil.
    package func raise(to rate: SamplingRate?) {
        let isSlow = schedule.rate.periodNanoseconds > Self.shortPeriodNanoseconds
        governor.raise(to: rate)
        guard governor.inForce > schedule.rate, isSlow else {
            schedule.rate = governor.inForce
            return
        }
        // The next point at the former rate may be a minute away.
        schedule.rate = governor.inForce
        schedule.hasten(nowNanoseconds: MonotonicInstant.now().nanoseconds)
        executor.hurry()
    }

    private static let shortPeriodNanoseconds: UInt64 = 100_000_000

    /// Whether all visits are stopped now; asked once a tick.
    func findPaused() -> Bool {
        if isPausedByRequest { return true }
        guard let file = configuration.pauseFile else { return false }
        return access(file, F_OK) == 0
    }

    /// Whether the agent has CPU time left for a tick.
    func affordsTick() -> Bool {
        let isGranted = agentBudget.update(
            spentTime,
            nowNanoseconds: wokeAt.nanoseconds
        )
        governor.countTick(isGranted: isGranted)
        if !isGranted { counters.missedTicks.increment(.budget) }
        return isGranted
    }

    /// The CPU time of this program and its helpers; asked on the tracer's own thread.
    private var spentTime: AgentCPUTime {
        Self.spentTime(
            configuration,
            threadNanoseconds: WorkClock.threadNanoseconds,
            helperNanoseconds: helperNanoseconds
        )
    }

    /// - Parameter threadNanoseconds: the CPU time of the tracer's thread.
    static func spentTime(
        _ configuration: SamplerConfiguration,
        threadNanoseconds: UInt64,
        helperNanoseconds: UInt64
    ) -> AgentCPUTime {
        let own = ProcessCPUClock.nanoseconds(of: ProcessID(getpid())) ?? 0
        guard let work = configuration.work else {
            return AgentCPUTime(samplingNanoseconds: own &+ helperNanoseconds)
        }
        let sampling = min(threadNanoseconds &+ work.nanoseconds, own)
        return AgentCPUTime(
            samplingNanoseconds: sampling &+ helperNanoseconds,
            otherNanoseconds: own - sampling
        )
    }

    /// Sets the rate by what the budgets had room for.
    func reviewRate() {
        let period = wokeAt.nanoseconds(since: reviewedAt)
        guard period >= Self.reviewNanoseconds else { return }
        reviewedAt = wokeAt
        helperNanoseconds = configuration.helpers.reduce(0) {
            $0 &+ (ProcessCPUClock.nanoseconds(of: $1) ?? 0)
        }
        governor.review(periodNanoseconds: period)
        counters.throttled = governor.throttledNanoseconds
        schedule.rate = governor.inForce
    }

    /// Whether a process may be held now; counts it where not.
    func budgetPermits(_ index: Int) -> Bool {
        if processes[index].isWatched {
            counters.withheld.increment(.callWindow)
            return false
        }
        let answer = budget.permits(
            processes[index].allowance,
            nowNanoseconds: wokeAt.nanoseconds
        )
        switch answer {
        case .granted: return true
        case .leftAlone: counters.withheld.increment(.longPauses)
        case .refused:
            counters.missedTicks.increment(.budget)
            governor.countVisit(isGranted: false)
        }
        return false
    }
}
