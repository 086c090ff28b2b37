// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// The states of a process's threads at one moment, and how often they have left a CPU.
///
/// The kernel has neither for a process as a whole: its `status` shows the first thread's.
struct ThreadCensus {
    /// Most threads of one process that are read.
    static let threadLimit = 4_096

    /// By class, as found by the latest reading.
    private(set) var states = ReasonCounts<ThreadClass>()
    private var switches: [ThreadID: SwitchCounts] = [:]
    private var hasBegun = false

    /// Reads every thread's `status`.
    ///
    /// - Returns: how often the threads have left a CPU since the reading before; none at the
    ///   first, and nil where the process can't be read. What a thread that has ended did after
    ///   the last reading is missing.
    mutating func renew(
        of process: ProcessID,
        with scan: ProcessScan,
        list: inout [ThreadID],
        _ reader: inout ProcReader
    ) -> SwitchCounts? {
        switch scan.list(threadsOf: process, into: &list) {
        case .complete, .limitReached: break
        case .gone, .notPermitted, .failed: return nil
        }
        var found = ReasonCounts<ThreadClass>()
        var now: [ThreadID: SwitchCounts] = [:]
        var voluntary: UInt64 = 0
        var involuntary: UInt64 = 0
        for thread in list {
            guard case .value(let status) = reader.status(of: thread, in: process) else { continue }
            found.increment(status.state.threadClass)
            guard let counts = status.switchCounts else { continue }
            let before = switches[thread] ?? (hasBegun ? .none : counts)
            voluntary &+= counts.voluntary.growth(since: before.voluntary)
            involuntary &+= counts.involuntary.growth(since: before.involuntary)
            now[thread] = counts
        }
        states = found
        switches = now
        hasBegun = true
        return SwitchCounts(voluntary: voluntary, involuntary: involuntary)
    }
}

extension ThreadStatus {
    fileprivate var switchCounts: SwitchCounts? {
        guard let voluntarySwitches, let involuntarySwitches else { return nil }
        return SwitchCounts(voluntary: voluntarySwitches, involuntary: involuntarySwitches)
    }
}

extension SwitchCounts {
    /// Of a thread that has only begun.
    fileprivate static let none = SwitchCounts(voluntary: 0, involuntary: 0)
}

extension UInt64 {
    /// A count of the kernel's that fell is another thread's: it counts as not grown.
    fileprivate func growth(since before: UInt64) -> UInt64 { self > before ? self - before : 0 }
}
