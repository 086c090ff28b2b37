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

    /// News of a thread that waits; only where waits are recorded.
    package struct Wait: Sendable {
        package enum Change: Sendable {
            /// It was found waiting, and has run since it was last looked at.
            ///
            /// - `stack`: nil where it could not be copied while the thread stood still.
            /// - `isSample`: whether the look stands for a share of the time between looks.
            case began(stack: StackCopy?, isSample: Bool, rate: SamplingRate)
            /// It went on in the wait that it was last found in, and `looks` looks found it there.
            case lasted(nanoseconds: UInt64, looks: UInt64)
        }

        package let process: ProcessID
        package let thread: ThreadID
        /// Nil: outside of any call, or not known.
        package let call: BlockedCall?
        package let change: Change

        package var systemCall: SystemCallNumber? { call.map { SystemCallNumber($0.number) } }
    }

    /// What one thread ran since the last batch.
    package struct ThreadRun: Sendable {
        package let thread: ThreadID
        package let runNanoseconds: UInt64
        /// Of it, while the thread was left alone as mostly system time.
        package let kernelNanoseconds: UInt64
        /// Runnable, waiting for a CPU.
        package let waitNanoseconds: UInt64
        /// The time between looks, of which this is a part; 0 where waits are not recorded.
        package let watchedNanoseconds: UInt64
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
    /// In the order in which they were seen.
    package var waits: [Wait] = []
    package var processes: [ProcessReport] = []
    /// Bytes of stacks that the samples and the waits hold.
    package var stackByteCount = 0
    package var status = TracerStatus()
    package var madeAt = MonotonicInstant(nanoseconds: 0)
    /// Whether it was asked for, and tells of all threads that wait.
    package var endsPeriod = false
}
