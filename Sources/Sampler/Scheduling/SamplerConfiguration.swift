// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// How the tracer samples.
package struct SamplerConfiguration: Sendable {
    /// Sampling points a second.
    package var rate = SamplingRate(hertz: 19)
    package var engine = EngineSettings()
    package var budget: VisitBudget.Limits
    /// Whether threads are stopped; where the kernel refuses it, there is no use in trying.
    package var visits = true
    /// Leave threads alone whose transfers a stop could cut short.
    package var guardsTransfers = true
    /// Record what waiting threads wait in, with their stacks.
    package var recordsWaits = false
    /// Most bytes of the stack of a waiting thread that are copied.
    package var waitStackBytes = StackCopy.mostBytes
    /// Most stacks of waiting threads that are copied for one batch; and as many of them again.
    package var waitStacksPerBatch = Int.max
    /// Bytes of stacks after which what was seen is handed on without waiting for the time.
    package var batchStackBytes = 8 << 20
    /// Most visits at one tick: more threads than CPUs can't be running.
    package var visitsPerTick: Int
    /// Most threads of one process that are looked at.
    package var threadLimit = 4_096
    /// One visit in so many is checked afterwards to have left the thread as found.
    package var verificationInterval: UInt64 = 16
    /// How often what was seen is handed on.
    package var batchNanoseconds: UInt64 = 1_000_000_000
    /// Longest time between two looks at a process that does not run.
    package var longestBackOffNanoseconds: UInt64 = 250_000_000
    /// No visit is made while there is a file of this name.
    package var pauseFile: String?
    /// Processes of the agent itself, whose CPU time counts as its own.
    package var helpers: [ProcessID] = []
    /// What sampling costs off the tracer's thread; nil: all that the program does is for it.
    package var work: WorkClock?
    package var procRoot = ProcRoot()
    /// Most descriptors of `/proc` files that are kept open.
    package var descriptorCapacity = 1_024
    /// Seed of the sampling points; fixed in tests.
    package var seed: UInt64

    package init(cpuCount: Int, seed: UInt64) {
        budget = VisitBudget.Limits(cpuCount: cpuCount)
        visitsPerTick = max(2, 2 * cpuCount)
        self.seed = seed
    }
}
