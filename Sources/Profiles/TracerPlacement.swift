// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// When the tracer goes to another CPU, because it displaces a thread that is to be sampled.
///
/// The tracer displaces the thread of the CPU that it wakes up on, and cannot see it run there.
/// Whether that thread comes back when the tracer goes to sleep depends on how far into its time
/// slice it is, so to sample those that come back is to sample the beginnings of slices: of a split
/// of 60, 30 and 10 % they showed 43, 40 and 17. So such a thread is not sampled, and the tracer
/// leaves its CPU after some ticks: at once would be a rule that a thread's changes of CPU could
/// march in step with, and a CPU drawn anew at each tick would displace threads even where
/// another CPU is free.
package struct TracerPlacement: Sendable {
    /// It leaves after so many ticks on average that displaced a thread.
    package static let ticksBeforeLeaving: UInt64 = 8

    /// The CPUs that the tracer may use.
    package let allowed: CPUSet
    private var isRefused = false
    private var generator: SplitMix64

    package init(allowed: CPUSet, seed: UInt64) {
        self.allowed = allowed
        generator = SplitMix64(seed: seed)
    }

    /// Whether there is another CPU to go to.
    package var canMove: Bool { !isRefused && allowed.count > 1 }

    /// The CPUs to go to after a tick that displaced a thread; nil: stay.
    package mutating func choose(leaving cpu: Int) -> CPUSet? {
        guard canMove, UInt64.random(in: 0..<Self.ticksBeforeLeaving, using: &generator) == 0
        else { return nil }
        return allowed.removing(cpu)
    }

    /// Notes that the kernel did not take the CPUs: the tracer stays where it is.
    package mutating func noteRefused() { isRefused = true }
}
