// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What the stop engine counted since it began.
package struct EngineCounts: Sendable {
    package var attachAttempts: UInt64 = 0
    package var parked = ReasonCounts<ParkReason>()
    package var repairs = ReasonCounts<RepairOutcome>()
    /// Parked threads that stopped later and were let go.
    package var lateReleases: UInt64 = 0
    /// Parked threads that turned out not to be traced any more.
    package var debtsFoundPaid: UInt64 = 0

    package init() {}
}
