// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How to wait for one stop.
struct StopWait {
    /// Spin until then; nil to block at once, because the target needs this CPU in order to stop.
    ///
    /// The deadline's timer must then be armed already.
    let spin: MonotonicInstant?
    /// Give up then and park the thread.
    let deadline: MonotonicInstant
}
