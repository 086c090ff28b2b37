// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What the tracer saw since its last batch: the one value that it hands on.
package struct SampleBatch: Sendable {
    /// A visit that told what a thread did.
    package struct Sample: Sendable {
        package let process: ProcessID
        package let thread: ThreadID
        package let instructionPointer: Address
        /// The call whose end the thread was stopped at; nil in user code.
        package let systemCall: SystemCallNumber?
        /// Whether the thread was waiting for a CPU, which is not CPU time.
        package let isQueued: Bool
        package let rate: SamplingRate
        /// How long the thread was held; 0 where it was not.
        package let pauseNanoseconds: UInt64
        /// What the unwinder needs; nil where stacks are not asked for.
        package let stack: StackCopy?
    }

    /// What one thread ran since the last batch.
    package struct ThreadRun: Sendable {
        package let thread: ThreadID
        package let runNanoseconds: UInt64
        /// Of it, while the thread was left alone as mostly system time.
        package let kernelNanoseconds: UInt64
        /// Runnable, waiting for a CPU.
        package let waitNanoseconds: UInt64
    }

    /// One process, reported when anything about it has changed.
    package struct ProcessReport: Sendable {
        package let id: ProcessID
        package let group: GroupName
        /// The process's own CPU clock, exited threads included.
        package let clockNanoseconds: UInt64
        package let threads: [ThreadRun]
        package let pauseNanoseconds: UInt64
        /// Thread samples that found a thread blocked, by call; nil: outside of any call.
        package let blocked: [SystemCallNumber?: UInt64]
        package let hasEnded: Bool
    }

    package var samples: [Sample] = []
    package var processes: [ProcessReport] = []
    package var counters = SamplerCounters()
    package var pauses = PauseHistogram()
    package var parkedThreads = 0
    /// Parked threads that are older than a second.
    package var stuckThreads = 0
    package var descriptors = DescriptorCache.Counters()
    package var seizeRescues: UInt64 = 0
    package var lateReleases: UInt64 = 0
    package var overlongPauses: UInt64 = 0
    package var rate = SamplingRate(hertz: 19)
    package var lastSampleAt: MonotonicInstant?
    package var madeAt = MonotonicInstant(nanoseconds: 0)
}
