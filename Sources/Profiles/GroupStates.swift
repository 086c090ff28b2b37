// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a sample found its thread doing.
package enum SampleState: String, CountedReason {
    case onCPU = "on_cpu"
    case offCPU = "off_cpu"
    /// Ready to run, and waiting for a CPU.
    case queued
}

/// Threads by scheduler state, folded to the classes that are exported.
package enum ThreadClass: String, CountedReason {
    case running
    case sleeping
    case blocked
    case stopped
    case other
}
