// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A tracee that could not be let go within its visit.
///
/// The list of these is the tracer's debt: each is released as soon as the kernel reports on it.
package struct ParkedThread: Equatable, Sendable {
    package let process: ProcessID
    package let thread: ThreadID
    package let method: StopMethod
    package let reason: ParkReason
    package let since: MonotonicInstant
}
