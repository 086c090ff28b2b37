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

    /// Folds the state letter of proc(5), `stat` field 3, given in ASCII.
    package init(stateLetter: UInt8) {
        self =
            switch stateLetter {
            case UInt8(ascii: "R"): .running
            case UInt8(ascii: "S"): .sleeping
            case UInt8(ascii: "D"): .blocked
            case UInt8(ascii: "T"), UInt8(ascii: "t"): .stopped
            default: .other
            }
    }
}
