// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles

extension Tracer {
    /// Signals queued in one round, and visits tried in it.
    private static let signalsPerRound: UInt64 = 4
    private static let visitsPerRound = 6

    /// Puts the canary through one round: signals are queued to it and it is visited as it runs.
    ///
    /// - Parameters:
    ///   - process: the canary.
    ///   - request: asks it for a round.
    ///   - firstSignal: the number of the first signal.
    /// - Returns: the number for the next round's first signal.
    package func exercise(
        _ process: ProcessID,
        firstSignal: UInt64,
        request: @Sendable () -> Void
    ) -> UInt64 {
        let thread = ThreadID(leaderOf: process)
        request()
        var next = firstSignal
        for visit in 0..<Self.visitsPerRound {
            usleep(UInt32.random(in: 100...400, using: &shuffle))
            if visit < Int(Self.signalsPerRound),
                cptrace_queue_signal(
                    process.rawValue,
                    CanarySignals.number,
                    Int32(truncatingIfNeeded: next)
                ) == 0
            {
                next &+= 1
            }
            let lookedAt = MonotonicInstant.now()
            guard case .seen(let sight) = looker.look(at: thread, in: process),
                sight.activity == .running
            else { continue }
            let outcome = engine.visit(
                VisitRequest(process: process, thread: thread, lookedAt: lookedAt)
            )
            if outcome == .sampled {
                pauses.add(seconds: Double(engine.visit.pauseNanoseconds) / 1e9)
            }
        }
        engine.settleDebts()
        return next
    }
}
