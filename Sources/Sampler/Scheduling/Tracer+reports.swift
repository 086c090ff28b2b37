// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

extension Tracer {
    /// Fewer than a window of the aggregator has, so that each window has one.
    private static let batchesBetweenWaits: UInt64 = 8

    /// Puts what has changed about each process into the batch, and forgets the ended ones.
    ///
    /// - Parameter tellsOfWaits: whether all threads that go on waiting are reported now.
    func collectReports(tellsOfWaits: Bool) {
        batchCount += 1
        for index in processes.indices {
            // Threads that go on waiting are no news: they are reported in every eighth batch, and
            // each process in another one.
            let reportsWaits =
                tellsOfWaits || (batchCount &+ UInt64(index)) % Self.batchesBetweenWaits == 0
            guard reportsWaits || processes[index].hasChanged else { continue }
            processes[index].accountBlocked(upTo: tick)
            flushWaits(of: index)
            guard let report = processes[index].takeReport() else { continue }
            batch.processes.append(report)
        }
        for process in processes where process.hasEnded {
            for thread in process.threads { looker.forget(thread.id) }
        }
        processes.removeAll { $0.hasEnded }
    }
}

extension TargetProcess {
    /// Whether it has run, or ended, since the last report.
    var hasChanged: Bool {
        hasEnded || clockNanoseconds != reportedClockNanoseconds || pauseNanoseconds > 0
    }

    /// What has changed since the last report; nil if nothing has.
    mutating func takeReport() -> SampleBatch.ProcessReport? {
        var runs: [SampleBatch.ThreadRun] = []
        for index in threads.indices {
            if let run = threads[index].takeRun() { runs.append(run) }
        }
        guard hasChanged || !runs.isEmpty || !blockedLooks.isEmpty else { return nil }
        defer {
            reportedClockNanoseconds = clockNanoseconds
            pauseNanoseconds = 0
            blockedLooks.removeAll(keepingCapacity: true)
        }
        return SampleBatch.ProcessReport(
            id: id,
            group: group,
            clockNanoseconds: clockNanoseconds,
            threads: runs,
            pauseNanoseconds: pauseNanoseconds,
            blocked: blockedLooks,
            hasEnded: hasEnded
        )
    }
}

extension TargetThread {
    /// The run time since the last report; nil if there is none.
    mutating func takeRun() -> SampleBatch.ThreadRun? {
        guard let runNow = statistics?.runNanoseconds ?? tickNanoseconds else { return nil }
        let waitNow = statistics?.waitNanoseconds ?? reportedWaitNanoseconds
        guard reportedRunNanoseconds <= runNow, reportedWaitNanoseconds <= waitNow else {
            return nil
        }
        let run = runNow - reportedRunNanoseconds
        let wait = waitNow - reportedWaitNanoseconds
        let watched = self.wait.takeWatched()
        guard run > 0 || wait > 0 || watched > 0 else { return nil }
        reportedRunNanoseconds = runNow
        reportedWaitNanoseconds = waitNow
        defer { kernelNanoseconds = 0 }
        return SampleBatch.ThreadRun(
            thread: id,
            runNanoseconds: run,
            kernelNanoseconds: min(kernelNanoseconds, run),
            waitNanoseconds: wait,
            watchedNanoseconds: watched
        )
    }
}
