// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

extension Recorder {
    /// Takes in what a thread waits in.
    func add(_ wait: SampleBatch.Wait, now: MonotonicInstant, _ wanted: inout [ThreadID: Int]) {
        guard var process = processes.removeValue(forKey: wait.process) else { return }
        defer { processes[wait.process] = process }
        var thread = process.threads.removeValue(forKey: wait.thread) ?? RecordedThread()
        defer { process.threads[wait.thread] = thread }
        thread.isHeard = true
        switch wait.change {
        case .began(let copy, let isSample, let rate):
            thread.wait = .waiting
            if let copy {
                let found = FoundStack(copy, of: wait)
                thread.wait = collect(found, now: now, &wanted)
            }
            guard isSample else { return }
            summary.waitingSamples += 1
            thread.waits.add(thread.wait, rate: rate)
        case .lasted(let nanoseconds, let looks):
            summary.waitingSamples += looks
            thread.waits.addExact(nanoseconds: nanoseconds)
            waits[owner(wait.process, wait.thread), default: [:]][
                thread.wait,
                default: SeriesAmount()
            ] += SeriesAmount(samples: looks, seconds: Double(nanoseconds) / 1e9)
        }
    }

    /// Shares out the time that one thread was off the CPU.
    func closeWaits(of thread: inout RecordedThread, _ owner: RecordedOwner) {
        guard options.recordsWaits else { return }
        let closed = thread.waits.close()
        summary.overflows += closed.overflows
        for share in closed.shares where share.seconds > 0 || share.samples > 0 {
            let key = share.key == .unsampled ? .waiting : share.key
            waits[owner, default: [:]][key, default: SeriesAmount()] +=
                SeriesAmount(samples: share.samples, seconds: share.seconds)
        }
        guard thread.queueNanoseconds > 0 else { return }
        waits[owner, default: [:]][.queued, default: SeriesAmount()] +=
            SeriesAmount(seconds: Double(thread.queueNanoseconds) / 1e9)
        thread.queueNanoseconds = 0
    }
}
