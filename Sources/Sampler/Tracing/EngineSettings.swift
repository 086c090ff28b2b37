// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How the stop engine works.
package struct EngineSettings: Sendable {
    /// How threads are stopped.
    package var method = StopMethod.seize
    /// Bytes of stack that a visit copies, from `redZoneBytes` below the stack pointer.
    package var stackBytes = 0
    /// Oldest look that a stop may follow: a thread seen running may have blocked since.
    package var staleLookNanoseconds: UInt64 = 1_000_000
    /// Longest spin for a stop while another CPU runs the target.
    package var spinNanoseconds: UInt64 = 150_000
    /// Longest wait for a stop before the thread is parked.
    package var deadlineNanoseconds: UInt64 = 5_000_000
    /// Repair interrupted calls.
    ///
    /// Off only to show that tests can fail.
    package var repairs = true
    /// Look before stopping.
    ///
    /// Off only to show that tests can fail.
    package var looks = true
    /// End the agent by SIGKILL at this point of the first visit, for tests of what it leaves
    /// behind.
    package var deathPoint: DeathPoint?

    /// Most threads that may be parked; beyond it no visit begins.
    package static let parkedLimit = 64
    /// Bytes below the stack pointer that a leaf function may use (x86-64 psABI 3.2.2: 128).
    package static let redZoneBytes: UInt64 = 256

    package init() {}
}

/// A named point of a visit, at which the agent may be told to die.
package enum DeathPoint: String, Sendable, CaseIterable {
    case afterSeize = "seized"
    case afterInterrupt = "interrupted"
    case afterWait = "stopped"
    case afterRepair = "registers"
    /// When a signal stopped the thread before our interrupt did. To meet one, the visit dwells
    /// between the seize and the interrupt.
    case atSignal = "signal"
}
