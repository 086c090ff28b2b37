// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles
package import SystemPackage

/// What the kernel lets this process do, found out by doing it to a child of its own.
package struct CapabilityProbe: Sendable, Equatable {
    /// CAP_SYS_PTRACE (capabilities(7): bit 19).
    package var hasTraceCapability = false
    /// CAP_DAC_READ_SEARCH (bit 2), or CAP_DAC_OVERRIDE (bit 1), which opens the same files.
    package var hasReadCapability = false
    /// Yama's scope; -1 where there is none.
    package var yamaScope: Int32 = -1
    package var isUnderSeccomp = false
    package var canReadSystemCall = false
    package var keepsStatistics = false
    package var mayRaisePriority = false
    /// What a visit of the child came to.
    package var visit: VisitOutcome?
    package var stackBytesCopied = 0

    /// A child that found no CPU to stop on was attached to all the same, which is what could be
    /// forbidden.
    package var canStop: Bool {
        switch visit {
        case .sampled, .parked: true
        default: false
        }
    }
    /// Whether the kernel said no, and will say so to every further attempt.
    package var isStoppingRefused: Bool {
        switch visit {
        case .refused(.notPermitted), .refused(.unsupported): true
        default: false
        }
    }
    /// Whether the child's waits can be read but not those of other users, whom it may stop.
    package var readsOwnWaitsOnly: Bool {
        canReadSystemCall && hasTraceCapability && !hasReadCapability
    }
    package var tier: CapabilityTier {
        CapabilityTier(
            canStop: canStop,
            canReadSystemCall: canReadSystemCall && !readsOwnWaitsOnly
        )
    }

    /// On a busy host the child may wait for a CPU for long.
    private static let patienceNanoseconds: UInt64 = 1_000_000_000
    private static let pauseMicroseconds: UInt32 = 200

    /// Looks at a child and visits it; all on the calling thread.
    ///
    /// - Parameters:
    ///   - child: a process of this user that computes when asked to.
    ///   - root: where it is looked at.
    ///   - method: how to stop it.
    ///   - compute: asks it to.
    /// - Throws: the error of timer_create(2) or signalfd(2).
    @available(*, noasync, message: "stops a thread from the calling one, and waits")
    package static func run(
        on child: ProcessID,
        in root: ProcRoot = ProcRoot(),
        method: StopMethod,
        compute: () -> Void
    ) throws(Errno) -> CapabilityProbe {
        var probe = CapabilityProbe()
        var reader = ProcReader(root: root)
        if let own = reader.status(of: ProcessID(getpid())).value {
            let capabilities = own.effectiveCapabilities ?? 0
            probe.hasTraceCapability = capabilities & (1 << 19) != 0
            probe.hasReadCapability = capabilities & (1 << 2 | 1 << 1) != 0
            probe.isUnderSeccomp = own.seccomp.map { $0 != .disabled } ?? false
        }
        probe.yamaScope = reader.yamaScope().value ?? -1
        let ownThread = ThreadID(cptrace_gettid())
        probe.mayRaisePriority = TracerPriority.raise(ownThread)
        if probe.mayRaisePriority { TracerPriority.lower(ownThread) }
        let childSignal = try ChildSignal.open()
        defer { close(childSignal) }
        var settings = EngineSettings()
        settings.method = method
        settings.stackBytes = 4_096
        var engine = StopEngine(
            settings: settings,
            childSignal: childSignal,
            timer: try DeadlineTimer(thread: ownThread),
            watch: try SeizeWatch(),
            guardPage: nil
        )
        var looker = ThreadLooker(root: root, capacity: 16)
        let thread = ThreadID(leaderOf: child)
        let end = MonotonicInstant.now().advanced(byNanoseconds: patienceNanoseconds)
        var attempt = 0
        while MonotonicInstant.now() < end {
            if attempt % 20 == 0 { compute() }
            attempt += 1
            // A child that did not stop in time is let go as soon as it does. Until then it is
            // traced already, and to attach again would be refused.
            engine.settleDebts()
            guard engine.parked.isEmpty else {
                usleep(pauseMicroseconds)
                continue
            }
            let lookedAt = MonotonicInstant.now()
            guard case .seen(let sight) = looker.look(at: thread, in: child) else { break }
            if sight.tier == .systemCall { probe.canReadSystemCall = true }
            if sight.statistics != nil { probe.keepsStatistics = true }
            guard sight.activity == .running else {
                usleep(pauseMicroseconds)
                continue
            }
            let outcome = engine.visit(
                VisitRequest(process: child, thread: thread, lookedAt: lookedAt)
            )
            probe.visit = outcome
            probe.stackBytesCopied = engine.visit.stackByteCount
            switch outcome {
            case .sampled, .refused: return probe
            default: usleep(pauseMicroseconds)
            }
        }
        engine.settleAllDebts(before: .now().advanced(byNanoseconds: 100_000_000))
        return probe
    }
}
