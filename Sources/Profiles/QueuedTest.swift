// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Tells a thread that was on a CPU from one that was waiting for a CPU.
///
/// `/proc` calls both running. Stopping a waiting thread first gives it a CPU, on which it goes
/// back to where it gave the last one up: most often a system call that used no CPU time.
///
/// The kernel counts a run, and adds the wait before it, when the thread arrives on a CPU
/// (kernel/sched/stats.h, `sched_info_arrive`). So, from the look to the stop:
///
/// - count unmoved: it was on a CPU all the time;
/// - moved by one, and the wait added is no longer than the time since the sampler woke: the
///   thread ran until that wake-up and was displaced by it, on the CPU that the sampler took. At
///   the instant that was to be sampled it was on a CPU. Were these dropped, threads that share the
///   sampler's CPU would be missing from the profile;
/// - anything else: it was in the queue at that instant already, or gave its CPU up since.
///
/// Where the kernel keeps no such counts both readings are 0, and every thread passes as on a CPU.
package enum QueuedTest {
    /// What the thread was doing when it was to be sampled.
    package enum Verdict: Hashable, Sendable {
        case onCPU
        case queued
    }

    /// For the time between the timer's expiry and the sampler's own reading of the clock.
    package static let slackNanoseconds: UInt64 = 50_000

    /// Judges from readings at the look and while stopped, and the tick's wake-up and stop times.
    package static func judge(
        look: SchedulerReading,
        stop: SchedulerReading,
        wakeNanoseconds: UInt64,
        stopNanoseconds: UInt64
    ) -> Verdict {
        if stop.runCount == look.runCount { return .onCPU }
        guard stop.runCount > look.runCount, stop.runCount - look.runCount == 1,
            stop.runDelayNanoseconds >= look.runDelayNanoseconds
        else { return .queued }
        let waited = stop.runDelayNanoseconds - look.runDelayNanoseconds
        let sinceWake = stopNanoseconds > wakeNanoseconds ? stopNanoseconds - wakeNanoseconds : 0
        let (bound, overflow) = sinceWake.addingReportingOverflow(slackNanoseconds)
        return overflow || waited <= bound ? .onCPU : .queued
    }
}
