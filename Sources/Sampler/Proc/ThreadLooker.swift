// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles
internal import SystemPackage

/// Looks at threads without stopping them, through files that are kept open.
///
/// A look at a thread that was looked at before makes two reads and allocates nothing.
package struct ThreadLooker: ~Copyable {
    private var descriptors: DescriptorCache
    private var buffer = ReadBuffer()
    private var lacksSystemCallFile = false
    private var lacksStatisticsFile = false

    package init(root: ProcRoot = ProcRoot(), capacity: Int) {
        descriptors = DescriptorCache(root: root, capacity: capacity)
    }

    /// What the cache of descriptors did.
    package var counters: DescriptorCache.Counters { descriptors.counters }

    /// How many descriptors are kept.
    package var descriptorCount: Int { descriptors.count }

    /// Looks at a thread.
    ///
    /// - Parameter expectsRunning: whether it was running lately. Then the look asks first whether
    ///   it is on a CPU, and if so need not ask which call it waits in.
    package mutating func look(
        at thread: ThreadID,
        in process: ProcessID,
        expectsRunning: Bool = false
    ) -> ThreadLook {
        let statistics: SchedulerStatistics?
        var missesStatistics = false
        switch readStatistics(of: thread, in: process) {
        case .value(let value): statistics = value.isKept ? value : nil
        case .gone:
            missesStatistics = true
            statistics = nil
        case .notPermitted, .unreadable, .failed: statistics = nil
        }
        if expectsRunning, let statistics,
            presence(of: thread, in: process, runCount: statistics.runCount) == .onCPU
        {
            return .seen(
                ThreadSight(
                    activity: .running,
                    statistics: statistics,
                    tier: .systemCall,
                    isOnCPU: true
                )
            )
        }
        var missesSystemCall = false
        switch readSystemCall(of: thread, in: process) {
        case .value(.running):
            return seen(.running, statistics, .systemCall)
        case .value(.blocked(let call)):
            return seen(.blocked(call), statistics, .systemCall)
        case .value(.blockedOutside(let stackPointer, let programCounter)):
            // A thread that has exited has neither address; its state tells for sure.
            if stackPointer.rawValue == 0, programCounter.rawValue == 0,
                case .value(let stat) = readStat(of: thread, in: process), stat.state.hasExited
            {
                descriptors.forget(thread)
                return .gone
            }
            return seen(
                .blockedOutside(stackPointer: stackPointer, programCounter: programCounter),
                statistics,
                .systemCall
            )
        case .gone: missesSystemCall = true
        case .value(.unreadable), .notPermitted, .unreadable, .failed: break
        }
        switch readStat(of: thread, in: process) {
        case .value(let stat):
            // The thread is there, so a file that is not is one that this kernel lacks.
            if missesStatistics { lacksStatisticsFile = true }
            if missesSystemCall { lacksSystemCallFile = true }
            return look(from: stat, statistics, thread)
        case .gone: return .gone
        case .notPermitted: return .notPermitted
        case .unreadable, .failed: return .unsupported
        }
    }

    /// The thread's scheduler statistics alone: one read after a look at the same thread.
    ///
    /// nil if the thread is gone, the file may not be read or the kernel keeps none.
    package mutating func statistics(
        of thread: ThreadID,
        in process: ProcessID
    ) -> SchedulerStatistics? {
        guard let statistics = readStatistics(of: thread, in: process).value, statistics.isKept
        else { return nil }
        return statistics
    }

    /// Whether a thread that can run is on a CPU, or waits for one.
    ///
    /// The kernel counts each arrival on a CPU (`schedstat`) and each departure (`status`), both
    /// from 0 (kernel/sched/stats.h `sched_info_arrive`, kernel/sched/core.c `__schedule`), so a
    /// thread is on a CPU exactly while it has arrived once more than it has left.
    ///
    /// - Parameter runCount: of the look that found the thread able to run.
    package mutating func presence(
        of thread: ThreadID,
        in process: ProcessID,
        runCount: UInt64?
    ) -> ThreadPresence {
        guard let runCount,
            let switches = read(.status, thread, process, { SwitchCounts.parse($0) }).value
        else { return .unknown }
        switch runCount &- switches.departures {
        // It has not left since the look, so it was on its CPU all the time.
        case 1: return .onCPU
        case 0: break
        default: return .unknown
        }
        guard let after = statistics(of: thread, in: process) else { return .unknown }
        // It may have come onto a CPU between the two reads.
        return after.runCount == runCount ? .queued : .onCPU
    }

    /// The thread's `stat`: its times in ticks where there are no statistics, and its start time.
    package mutating func stat(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<ThreadStat> {
        readStat(of: thread, in: process)
    }

    /// The kept descriptor of a thread's file; -1 if it is not kept.
    package func descriptor(_ file: KeptFile, of thread: ThreadID) -> Int32 {
        descriptors.descriptor(file, of: thread)
    }

    /// Closes the files of a thread that will not be looked at again.
    package mutating func forget(_ thread: ThreadID) { descriptors.forget(thread) }

    private mutating func look(
        from stat: ThreadStat,
        _ statistics: SchedulerStatistics?,
        _ thread: ThreadID
    ) -> ThreadLook {
        switch stat.state {
        case .running: return seen(.running, statistics, .state)
        case .zombie, .dead:
            descriptors.forget(thread)
            return .gone
        case .sleeping, .uninterruptible, .stopped, .tracingStop, .idle, .parked, .other:
            return seen(.waiting(stat.state), statistics, .state)
        }
    }

    private func seen(
        _ activity: ThreadActivity,
        _ statistics: SchedulerStatistics?,
        _ tier: LookTier
    ) -> ThreadLook {
        .seen(ThreadSight(activity: activity, statistics: statistics, tier: tier))
    }

    private mutating func readStatistics(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<SchedulerStatistics> {
        if lacksStatisticsFile { return .gone }
        return read(.schedstat, thread, process) { SchedulerStatistics.parse($0) }
    }

    private mutating func readSystemCall(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<SystemCallLook> {
        if lacksSystemCallFile { return .gone }
        return read(.syscall, thread, process) { SystemCallLook.parse($0) }
    }

    private mutating func readStat(
        of thread: ThreadID,
        in process: ProcessID
    ) -> ProcReading<ThreadStat> {
        read(.stat, thread, process) { ThreadStat.parse($0) }
    }

    private mutating func read<Value>(
        _ file: KeptFile,
        _ thread: ThreadID,
        _ process: ProcessID,
        _ parse: (Span<UInt8>) -> Value?
    ) -> ProcReading<Value> {
        do throws(Errno) {
            try descriptors.read(file, of: thread, in: process, into: &buffer)
        } catch {
            return ProcReading(error)
        }
        guard let value = buffer.withBytes(parse) else { return .unreadable }
        return .value(value)
    }
}
