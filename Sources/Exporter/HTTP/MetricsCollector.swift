// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Gathers metrics for scrapes: once at a time, and never for longer than a scrape can wait.
///
/// Scrapes that come while metrics are being gathered wait for the same result. One that cannot
/// wait any longer gets the last result again; the gathering goes on and serves the next.
actor MetricsCollector {
    /// What a scrape gets.
    enum Result: Sendable {
        case fresh(Gathering)

        /// The time was up: these are the metrics of an earlier scrape.
        case repeated(Gathering)

        /// The time was up, and there has been no scrape before.
        case unavailable
    }

    /// The metrics of all sources, and how each source did.
    struct Gathering: Sendable {
        var families: [MetricFamily] = []
        var runs: [MetricsSource.Run] = []
    }

    private let sources: [MetricsSource]
    private var latest: Gathering?
    private var isGathering = false
    private var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
    private var nextWaiter = 0

    init(sources: [MetricsSource]) { self.sources = sources }

    /// New metrics, if they can be had in time.
    func collect(within wait: Duration) async -> Result {
        if !isGathering {
            isGathering = true
            Task { finish(await gatherConcurrently()) }
        }
        let isFinished = await waitForFinish(atMost: wait)
        guard var latest else { return .unavailable }
        if isFinished { return .fresh(latest) }
        for index in latest.runs.indices { latest.runs[index].isSuccess = false }
        return .repeated(latest)
    }

    /// Gathers off this actor, so that no work of it can hold up those whose time is up.
    @concurrent
    private nonisolated func gatherConcurrently() async -> Gathering {
        var gathering = Gathering()
        for source in sources {
            let started = ContinuousClock.now
            let gathered = await source.gather()
            gathering.families += gathered.families
            gathering.runs.append(
                MetricsSource.Run(
                    name: source.name,
                    seconds: (ContinuousClock.now - started) / .seconds(1),
                    isSuccess: gathered.isComplete
                )
            )
        }
        return gathering
    }

    private func finish(_ gathering: Gathering) {
        latest = gathering
        isGathering = false
        let finished = waiters
        waiters = [:]
        for waiter in finished.values { waiter.resume(returning: true) }
    }

    private func waitForFinish(atMost wait: Duration) async -> Bool {
        let waiter = nextWaiter
        nextWaiter &+= 1
        let timer = Task {
            // A cancelled sleep means that the metrics came first.
            do { try await Task.sleep(for: wait) } catch { return }
            giveUp(waiter)
        }
        defer { timer.cancel() }
        return await withCheckedContinuation { waiters[waiter] = $0 }
    }

    private func giveUp(_ waiter: Int) {
        waiters.removeValue(forKey: waiter)?.resume(returning: false)
    }
}
