// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What the threads of one process did in a window.
struct ClosedWindow {
    struct Run {
        /// The thread's name; nil where it could not be read.
        let name: String?
        let shares: WindowAttribution<SampledStack>
        /// The same by parts of the window, as far as that can be told.
        let parts: [WindowShare<SampledStack>]
    }

    /// One for each thread that did anything but wait on.
    var runs: [Run] = []
    /// Seconds off the CPU.
    var waits: [WaitedStack: Double] = [:]
    /// Waiting for a CPU.
    var queueNanoseconds: UInt64 = 0
    /// CPU time that is of no thread in particular.
    var unsampledNanoseconds: UInt64 = 0
}

extension AggregatedProcess {
    /// Shares out what its threads have run and waited.
    ///
    /// On a copy it tells how the window would end now, and changes nothing.
    mutating func close(of id: ProcessID, _ reader: inout ProcReader) -> ClosedWindow {
        var closed = ClosedWindow(waits: waits, queueNanoseconds: queueNanoseconds)
        for index in threads.indices where threads.values[index].isActive {
            account.add(threadNanoseconds: threads.values[index].runNanoseconds)
            if threads.values[index].runNanoseconds > 0 {
                // Only what runs can get another name, unless one of its siblings gives it.
                let name = reader.stat(of: threads[index].key, in: id).value?.command
                threads.values[index].name = name ?? threads.values[index].name
            }
            let slices = threads.values[index].slices
            let shares = threads.values[index].close()
            closed.runs.append(
                ClosedWindow.Run(
                    name: threads.values[index].name,
                    shares: shares.run,
                    parts: slices.divide(shares.run.shares)
                )
            )
            for share in shares.waits.shares where share.seconds > 0 {
                closed.waits[share.key, default: 0] += share.seconds
            }
        }
        closed.unsampledNanoseconds = account.close(clockNanoseconds: clockNanoseconds)
        return closed
    }
}
