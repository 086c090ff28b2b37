// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What the tracer knows of one process that it samples.
struct TargetProcess {
    let id: ProcessID
    let startTime: StartTime
    var group: GroupName
    var threads: [TargetThread] = []
    /// The process's own CPU clock at the latest tick that read it.
    var clockNanoseconds: UInt64
    var reportedClockNanoseconds: UInt64
    var allowance = PauseAllowance()
    var nextTick: UInt64 = 0
    var interval: UInt64 = 1
    /// The tick of the latest look at it, and how many ticks that look stands for.
    var lookedTick: UInt64
    var ticksSinceLook: UInt64 = 1
    /// When the list of threads was last read.
    var threadsListedAt: UInt64 = 0
    /// When its clock had last moved.
    var ranAt = MonotonicInstant(nanoseconds: 0)
    /// When its clock last showed that no thread had run since the latest look; nil before that.
    var foundIdleAt: MonotonicInstant?
    /// Left alone until then, at an operator's request.
    var letAloneUntil: UInt64 = 0
    var pauseNanoseconds: UInt64 = 0
    /// Looks since the last batch that found a thread blocked, by call; nil: outside of any call.
    var blockedLooks: [SystemCallNumber?: UInt64] = [:]
    /// Ticks up to which `blockedLooks` is complete.
    var accountedTick: UInt64
    var hasEnded = false
    /// Whether it is sampled for a request alone.
    var isLent: Bool
    /// Whether a window on its system calls is open, which has its threads for itself.
    var isWatched = false
    /// Its CPU clock at the latest window.
    var windowClockNanoseconds: UInt64

    init(_ target: SampledProcess, clockNanoseconds: UInt64, tick: UInt64) {
        id = target.id
        startTime = target.startTime
        group = target.group
        isLent = target.isLent
        self.clockNanoseconds = clockNanoseconds
        reportedClockNanoseconds = clockNanoseconds
        windowClockNanoseconds = clockNanoseconds
        accountedTick = tick
        lookedTick = tick
    }

    /// Brings the list of threads up to date with the kernel's.
    ///
    /// - Returns: the threads that have ended.
    mutating func update(threads ids: [ThreadID], limit: Int) -> [ThreadID] {
        let isFirst = threadsListedAt == 0
        let living = Set(ids.prefix(limit))
        let ended = threads.filter { $0.hasEnded || !living.contains($0.id) }.map(\.id)
        threads.removeAll { $0.hasEnded || !living.contains($0.id) }
        let known = Set(threads.map(\.id))
        for id in ids.prefix(limit) where !known.contains(id) {
            threads.append(TargetThread(id: id, isNew: !isFirst))
        }
        return ended
    }

    /// Counts the blocked threads once for each tick that has passed.
    ///
    /// Waiting costs no look: a thread that has not run since the last one is where it was.
    mutating func accountBlocked(upTo tick: UInt64) {
        guard tick > accountedTick else { return }
        let ticks = tick - accountedTick
        accountedTick = tick
        for thread in threads where thread.isBlocked {
            blockedLooks[thread.blockedCall, default: 0] += ticks
        }
    }
}

/// A process that is to be sampled.
package struct SampledProcess: Hashable, Sendable {
    package let id: ProcessID
    package let startTime: StartTime
    package let group: GroupName
    /// Whether no rule selects it, and it is sampled for a request alone and as long as that lasts.
    package let isLent: Bool

    package init(id: ProcessID, startTime: StartTime, group: GroupName, isLent: Bool = false) {
        self.id = id
        self.startTime = startTime
        self.group = group
        self.isLent = isLent
    }
}
