// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What the kernel counted of the threads of a process until a moment.
struct ThreadReadings {
    struct Reading {
        let at: MonotonicInstant
        let transfers: TransferCounts?
        let runNanoseconds: UInt64
    }

    private(set) var readings: [ThreadID: Reading] = [:]

    /// Most threads that are read; what others do is not seen.
    private static let limit = 512

    init() {}

    /// Reads the counts of all threads of a process.
    init(of process: ProcessID, with reader: inout ProcReader) {
        var list: [ThreadID] = []
        let scan = ProcessScan(root: reader.root, maximumThreads: Self.limit)
        guard case .complete = scan.list(threadsOf: process, into: &list) else { return }
        for thread in list {
            let transfers = reader.transfers(of: thread, in: process).value
            readings[thread] = Reading(
                at: .now(),
                transfers: transfers,
                runNanoseconds:
                    reader.statistics(of: thread, in: process).value?.runNanoseconds ?? 0
            )
        }
    }

    /// Adds what happened since an earlier moment at which nothing was watched either.
    func addFree(since earlier: ThreadReadings, to threads: inout [ThreadID: CallRates.Thread]) {
        for (thread, now) in readings {
            guard let before = earlier.readings[thread],
                let transfers = before.transfers.flatMap({ now.transfers?.since($0) })
            else { continue }
            threads[thread, default: CallRates.Thread()].freeTransfers += transfers.calls
            threads[thread, default: CallRates.Thread()].freeNanoseconds +=
                now.at.nanoseconds(since: before.at)
        }
    }

    /// Adds the CPU time used since an earlier moment; threads that began since used all of theirs.
    func addRun(since earlier: ThreadReadings, to threads: inout [ThreadID: CallRates.Thread]) {
        for (thread, now) in readings {
            let before = earlier.readings[thread]?.runNanoseconds ?? 0
            threads[thread, default: CallRates.Thread()].runNanoseconds +=
                now.runNanoseconds >= before ? now.runNanoseconds - before : 0
        }
    }
}
