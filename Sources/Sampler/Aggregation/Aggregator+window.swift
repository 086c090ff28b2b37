// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Profiles

extension Aggregator {
    /// Shares the window's CPU time out and begins the next.
    func closeWindow(at now: MonotonicInstant) {
        var seconds: [String: Double] = [:]
        for process in processes.values {
            seconds[process.group.label, default: 0] += Double(process.windowNanoseconds) / 1e9
        }
        table.openWindow(
            seconds.map { (group: $0.key, cpuSeconds: $0.value) },
            nowNanoseconds: now.nanoseconds
        )
        for id in Array(processes.keys) { closeWindow(of: id) }
        table.closeWindow(nowNanoseconds: now.nanoseconds)
        profiles.closeWindow(periodNanoseconds: periodNanoseconds)
        compactProfiles()
        for (id, process) in processes where process.hasEnded {
            processes[id] = nil
            stacks.maps.forget(id)
        }
    }

    private func closeWindow(of id: ProcessID) {
        guard var process = processes[id] else { return }
        processes[id] = nil
        var switches: SwitchCounts?
        if process.needsStat() {
            process.stat = reader.stat(of: id).value
            switches = process.census.renew(of: id, with: scan, list: &threadList, &reader)
        }
        let stat = process.stat
        let usage = process.takeUsage(stat, switches)
        let closed = process.close(of: id, &reader)
        profiles.add(closed, of: id, in: process.group.label)
        process.forgetEndedThreads(of: id, &reader)
        table.update(process.group.label) { counters in
            counters.add(usage)
            counters.addPause(seconds: Double(process.pauseNanoseconds) / 1e9)
            for run in closed.runs { counters.add(run.shares.merged(by: \.function)) }
            counters.addUnsampled(nanoseconds: closed.unsampledNanoseconds)
            for (call, samples) in process.blocked {
                counters.addOffCPU(samples: samples)
                if let call { counters.addSyscall(call.name, samples: samples) }
            }
            for (function, samples) in process.inclusive {
                counters.addInclusive(function, samples: samples)
            }
            for (wait, seconds) in closed.waits { counters.addWait(wait.key, seconds: seconds) }
            if let stat { counters.gauges.add(stat, threads: process.census.states) }
        }
        process.pauseNanoseconds = 0
        process.queueNanoseconds = 0
        process.waits.removeAll(keepingCapacity: true)
        process.inclusive.removeAll(keepingCapacity: true)
        process.blocked.removeAll(keepingCapacity: true)
        process.windowClockNanoseconds = process.clockNanoseconds
        processes[id] = process
    }
}

extension AggregatedProcess {
    /// Forgets the threads that have ended, of which nothing is heard any more.
    ///
    /// One that is still there keeps what it waits in: nothing tells of that again, since it has
    /// not run.
    fileprivate mutating func forgetEndedThreads(of id: ProcessID, _ reader: inout ProcReader) {
        var silent: [ThreadID] = []
        for index in threads.indices where threads.values[index].beginWindow() {
            silent.append(threads[index].key)
        }
        for thread in silent {
            guard let stat = reader.stat(of: thread, in: id).value, !stat.state.hasExited else {
                threads[thread] = nil
                continue
            }
        }
    }

    /// What the process used since the latest window; its clock's time is split as its ticks are.
    fileprivate mutating func takeUsage(
        _ stat: ThreadStat?,
        _ switches: SwitchCounts?
    ) -> GroupUsage {
        var usage = GroupUsage()
        usage.voluntaryContextSwitches = switches?.voluntary ?? 0
        usage.involuntaryContextSwitches = switches?.involuntary ?? 0
        let seconds = Double(windowNanoseconds) / 1e9
        var userShare = 1.0
        if let stat {
            let user = Self.growth(from: userTicks, to: stat.userTicks)
            let system = Self.growth(from: systemTicks, to: stat.systemTicks)
            if user + system > 0 { userShare = Double(user) / Double(user + system) }
            usage.majorFaults = Self.growth(from: majorFaults, to: stat.majorFaults)
            userTicks = stat.userTicks
            systemTicks = stat.systemTicks
            majorFaults = stat.majorFaults
        }
        usage.userSeconds = seconds * userShare
        usage.systemSeconds = seconds - usage.userSeconds
        usage.runQueueSeconds = Double(queueNanoseconds) / 1e9
        return usage
    }

    /// A counter of the kernel's that fell is another process's: it counts as not grown.
    private static func growth(from before: UInt64, to now: UInt64) -> UInt64 {
        now > before ? now - before : 0
    }
}

extension GroupGauges {
    /// Adds one process as its `stat` shows it.
    fileprivate mutating func add(_ stat: ThreadStat, threads: ReasonCounts<ThreadClass>) {
        add(
            residentBytes: stat.residentBytes,
            startSeconds: BootTime.epochSeconds(of: stat.startTime),
            threads: threads
        )
    }
}
