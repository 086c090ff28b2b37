// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// A copy of a stack, and whose it is.
struct FoundStack {
    let process: ProcessID
    let thread: ThreadID
    /// The call that the thread waits in, or is on its way out of.
    let systemCall: SystemCallNumber?
    let copy: StackCopy
}
