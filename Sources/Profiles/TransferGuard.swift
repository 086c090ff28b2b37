// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Decides whether a running thread may be visited without risk to its transfers.
///
/// A stop that catches a thread inside the kernel can make `read`, `write`, `getrandom` and their
/// like return less than they would have. That cannot be mended afterwards, so a thread is left
/// alone while its recent CPU time is mostly system time, and for a growing time after a stop did
/// cut one of its transfers short. One value per thread; it fits in a cache line.
package struct TransferGuard: Sendable {
    /// What to do about one thread at one look.
    package enum Decision: Hashable, Sendable {
        case visit
        case withhold(Withholding)
    }

    /// Why a thread is left alone.
    package enum Withholding: Hashable, Sendable {
        case systemTime
        case shortTransfer(untilNanoseconds: UInt64)
        case tooNew

        /// The reason under which it is counted.
        package var reason: WithheldReason {
            switch self {
            case .systemTime: .systemTime
            case .shortTransfer: .shortTransfer
            case .tooNew: .tooNew
            }
        }
    }

    /// Ticks per second of proc(5) times: USER_HZ, 100 on x86-64 and arm64
    /// (include/asm-generic/param.h).
    package static let ticksPerSecond: UInt64 = 100
    /// Less CPU evidence than this, 20 ms, says nothing.
    package static let evidenceTicks: Double = 2
    /// CPU time, not wall time, over which the mean looks back: 200 ms.
    package static let memoryTicks: Double = 20
    /// The share of system time above which a thread is left alone.
    package static let withholdAbove = 0.5
    /// The share below which it is visited again: lower, so that it does not flutter.
    package static let visitBelow = 0.35
    /// The share below which a thread counts as one that computes.
    package static let computingBelow = 0.1
    package static let shortestBackOffNanoseconds: UInt64 = 1_000_000_000
    package static let longestBackOffNanoseconds: UInt64 = 600_000_000_000

    private var userTicks: UInt64 = 0
    private var systemTicks: UInt64 = 0
    private var untilNanoseconds: UInt64 = 0
    private var backOffNanoseconds: UInt64 = 0
    private var evidence: Double = 0
    private var share: Double = 0
    private var isMostlySystem = false

    /// A thread of which nothing is known; its life up to the first look is its first evidence.
    package init() {}

    /// The recent share of system time in the thread's CPU time, 0 to 1.
    package var systemShare: Double { share }

    /// Whether the thread has run long enough and stayed out of the kernel, all but a tenth.
    package var seesComputingOnly: Bool {
        evidence >= Self.memoryTicks && share < Self.computingBelow
    }

    /// Decides by what was observed.
    package func decide(nowNanoseconds: UInt64) -> Decision {
        if nowNanoseconds < untilNanoseconds {
            return .withhold(.shortTransfer(untilNanoseconds: untilNanoseconds))
        }
        if evidence < Self.evidenceTicks { return .withhold(.tooNew) }
        return isMostlySystem ? .withhold(.systemTime) : .visit
    }

    /// Notes that a stop cut a transfer of this thread short, and begins a back-off.
    ///
    /// The back-off doubles from 1 s to 10 min. It is forgotten as it was learned: it halves for
    /// each quiet period of its own current length, counted from the end of the last back-off,
    /// since before that the thread was not looked at closely enough to be called quiet.
    package mutating func noteShortTransfer(nowNanoseconds: UInt64) {
        var quiet = nowNanoseconds > untilNanoseconds ? nowNanoseconds - untilNanoseconds : 0
        var backOff = backOffNanoseconds
        while backOff > 0, quiet >= backOff {
            quiet -= backOff
            backOff /= 2
            if backOff < Self.shortestBackOffNanoseconds { backOff = 0 }
        }
        backOffNanoseconds = min(
            max(backOff * 2, Self.shortestBackOffNanoseconds),
            Self.longestBackOffNanoseconds
        )
        let (until, overflow) = nowNanoseconds.addingReportingOverflow(backOffNanoseconds)
        untilNanoseconds = overflow ? .max : until
    }

    /// Takes in the thread's times since its start (proc(5), `stat` fields 14 and 15).
    ///
    /// To be called at every look, visited or not, since this is how the mean is kept; a thread
    /// that `seesComputingOnly` may miss a few.
    package mutating func observe(userTicks user: UInt64, systemTicks system: UInt64) {
        let userDelta = user > userTicks ? Double(user - userTicks) : 0
        let systemDelta = system > systemTicks ? Double(system - systemTicks) : 0
        userTicks = max(userTicks, user)
        systemTicks = max(systemTicks, system)
        let total = userDelta + systemDelta
        guard total > 0 else { return }
        // A plain mean until the memory is full, an exponential one from then on.
        evidence = min(evidence, Self.memoryTicks) + total
        share += (systemDelta / total - share) * (total / evidence)
        if share > Self.withholdAbove {
            isMostlySystem = true
        } else if share < Self.visitBelow {
            isMostlySystem = false
        }
    }
}
