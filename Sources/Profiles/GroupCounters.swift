// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that is exported of one group.
package struct GroupCounters: Sendable {
    /// Functions with a series of their own, reserved ones not counted.
    package static let functionSlots = 10
    /// System calls with a series of their own.
    package static let syscallSlots = 8
    /// Waits with a series of their own.
    package static let waitSlots = 10
    /// The first minute decides the first places: one window holds too few samples for that.
    package static let warmUpNanoseconds: UInt64 = 60_000_000_000

    /// Totals, which never fall.
    package private(set) var usage = GroupUsage()
    /// Time that the group's threads were held stopped by the agent.
    package private(set) var pauseSeconds = 0.0
    /// CPU time as the samples alone would have it; `usage` has the kernel's.
    package private(set) var sampledSeconds = 0.0
    package private(set) var samples = ReasonCounts<SampleState>()
    package var gauges = GroupGauges()
    /// On-CPU samples and seconds by function; `[kernel]`, `[unknown]`, `[unsampled]` always there.
    package private(set) var functions: StickyTable<FunctionKey>
    /// Samples with a function anywhere on the stack; empty where they are not asked for.
    package private(set) var inclusive: StickyTable<FunctionKey>
    /// Samples by the system call that the thread was found in.
    package private(set) var syscalls: StickyTable<String>
    /// Calls that returned in windows, and those of them that failed.
    package private(set) var calls: StickyTable<String>
    package private(set) var failedCalls: StickyTable<String>
    /// Thread-seconds in windows, of which those calls are.
    package private(set) var observedSeconds = 0.0
    /// How long calls in windows took, by those calls that are asked for.
    package private(set) var durations: [String: CallDurations] = [:]
    /// Seconds off the CPU by what the thread waited in.
    package private(set) var waits: StickyTable<WaitKey>

    /// Counters at 0.
    ///
    /// A short recording, which ends before a warm-up would, passes 0 for it.
    package init(warmUpNanoseconds: UInt64 = Self.warmUpNanoseconds) {
        func limits(_ slots: Int) -> StickyLimits {
            StickyLimits(slots: slots, warmUpNanoseconds: warmUpNanoseconds)
        }
        functions = StickyTable(
            other: .other,
            permanent: [.kernel, .unknown, .unsampled],
            limits: limits(Self.functionSlots),
            weighting: .seconds
        )
        inclusive = StickyTable(
            other: .other,
            limits: limits(Self.functionSlots),
            weighting: .samples
        )
        syscalls = StickyTable(
            other: "other",
            limits: limits(Self.syscallSlots),
            weighting: .samples
        )
        calls = StickyTable(
            other: "other",
            limits: limits(Self.syscallSlots),
            weighting: .samples
        )
        failedCalls = calls
        waits = StickyTable(
            other: .other,
            limits: limits(Self.waitSlots),
            weighting: .seconds
        )
    }

    /// Adds what the group's processes used since the last reading.
    package mutating func add(_ delta: GroupUsage) { usage.add(delta) }

    /// Adds the time of one stop.
    package mutating func addPause(seconds: Double) {
        guard seconds > 0, seconds.isFinite else { return }
        pauseSeconds += seconds
    }

    /// Adds a thread's closed window: its shares, and its samples by state.
    package mutating func add(_ attribution: WindowAttribution<FunctionKey>) {
        samples.increment(.onCPU, by: attribution.samples)
        samples.increment(.queued, by: attribution.queuedSamples)
        sampledSeconds += attribution.sampledSeconds
        for share in attribution.shares {
            functions.add(
                share.key,
                SeriesAmount(samples: share.samples, seconds: share.seconds)
            )
        }
    }

    /// Adds run time that no thread's window holds (`ProcessAccount`).
    package mutating func addUnsampled(nanoseconds: UInt64) {
        functions.add(.unsampled, SeriesAmount(seconds: Double(nanoseconds) / 1e9))
    }

    /// Counts looks that found a thread waiting in no run queue: blocked, in a call or a fault.
    package mutating func addOffCPU(samples count: UInt64) {
        samples.increment(.offCPU, by: count)
    }

    /// Counts samples that found a thread inside a system call, on a CPU or off.
    package mutating func addSyscall(_ name: String, samples count: UInt64) {
        syscalls.add(name, SeriesAmount(samples: count))
    }

    /// Counts calls that returned in a window.
    package mutating func addCalls(_ name: String, _ count: UInt64, failures: UInt64) {
        calls.add(name, SeriesAmount(samples: count))
        failedCalls.add(name, SeriesAmount(samples: failures))
    }

    /// Counts how long calls took in a window; names are bounded by who asks for them.
    package mutating func addDurations(_ name: String, _ durations: CallDurations) {
        self.durations[name, default: CallDurations()].merge(durations)
    }

    /// Adds the time for which threads were watched in a window.
    package mutating func addObserved(seconds: Double) {
        guard seconds > 0, seconds.isFinite else { return }
        observedSeconds += seconds
    }

    /// Counts samples with a function anywhere on the stack.
    package mutating func addInclusive(_ function: FunctionKey, samples count: UInt64) {
        inclusive.add(function, SeriesAmount(samples: count))
    }

    /// Adds time that a thread was off the CPU, waiting in `key`.
    package mutating func addWait(_ key: WaitKey, seconds: Double) {
        waits.add(key, SeriesAmount(seconds: seconds))
    }

    /// What went into `other`, by label.
    package var overflows: LabelOverflows {
        LabelOverflows(
            functions: functions.overflows &+ inclusive.overflows,
            systemCalls: syscalls.overflows &+ calls.overflows &+ failedCalls.overflows,
            waits: waits.overflows
        )
    }

    /// Ends a window for all tables.
    package mutating func rank(nowNanoseconds: UInt64) {
        functions.rank(nowNanoseconds: nowNanoseconds)
        inclusive.rank(nowNanoseconds: nowNanoseconds)
        syscalls.rank(nowNanoseconds: nowNanoseconds)
        calls.rank(nowNanoseconds: nowNanoseconds)
        failedCalls.rank(nowNanoseconds: nowNanoseconds)
        waits.rank(nowNanoseconds: nowNanoseconds)
    }
}
