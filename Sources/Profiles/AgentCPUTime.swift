// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What the agent's CPU time went into, from its beginning.
package struct AgentCPUTime: Equatable, Sendable {
    /// Looks, visits, stacks and their names, windows on system calls, finding targets.
    package var samplingNanoseconds: UInt64
    /// All else: above all, answers to requests.
    package var otherNanoseconds: UInt64

    package init(samplingNanoseconds: UInt64 = 0, otherNanoseconds: UInt64 = 0) {
        self.samplingNanoseconds = samplingNanoseconds
        self.otherNanoseconds = otherNanoseconds
    }
}
