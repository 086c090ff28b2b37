// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Limits how much of the time a tracer spends on looking for the next stop.
///
/// It does that in a real-time class, so what else waits for its CPU gets nothing meanwhile. A
/// kernel notices in the end and takes the CPU away from it for 50 ms (kernel/sched/rt.c,
/// `sched_rt_runtime`; since Linux 6.12 kernel/sched/fair.c, `fair_server`), for which a stopped
/// thread then waits.
struct SpinAllowance: Sendable {
    /// The share of the time, and over how long it is kept.
    static let share = 0.6
    static let periodNanoseconds: UInt64 = 50_000_000

    private var period: UInt64 = 0
    private var spentNanoseconds: UInt64 = 0

    init() {}

    /// Whether the tracer may look now.
    mutating func permits(nowNanoseconds: UInt64) -> Bool {
        let now = nowNanoseconds / Self.periodNanoseconds
        if now != period {
            period = now
            spentNanoseconds = 0
        }
        return Double(spentNanoseconds) < Self.share * Double(Self.periodNanoseconds)
    }

    /// Takes note of a look.
    mutating func spend(nanoseconds: UInt64) { spentNanoseconds += nanoseconds }
}
