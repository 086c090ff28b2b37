// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What all threads of a process were doing, each at one moment.
package struct ProcessDump: Hashable, Sendable {
    package let process: ProcessID
    /// The name of the process (`comm`).
    package let name: String
    /// By rising number.
    package let threads: [ThreadDump]
    /// The stacks: one sample for each thread that has one, with the thread as its label.
    package let profile: Profile

    package init(process: ProcessID, name: String, threads: [ThreadDump], profile: Profile) {
        self.process = process
        self.name = name
        self.threads = threads
        self.profile = profile
    }

    /// The stack of a thread; nil where none could be had.
    package func stack(of thread: ThreadID) -> ProfileSample? {
        profile.samples.first { $0.labels.thread == thread }
    }
}

/// One thread of a dump.
package struct ThreadDump: Hashable, Sendable {
    /// What the thread was doing.
    package enum State: String, Hashable, Sendable {
        /// On a CPU; it was stopped for a moment to be read.
        case running
        /// Waiting for a CPU; it was not stopped, so it has no stack.
        case queued
        /// Asleep.
        case waiting
        /// Stopped by a signal, before and after.
        case stopped
        /// On a CPU, but never where a stop would have been without consequences.
        case unseen
    }

    /// A system call.
    package struct Call: Hashable, Sendable {
        package let name: String
        /// The six argument registers, whether the call takes them or not; empty where they are
        /// not known.
        package let arguments: [UInt64]

        package init(name: String, arguments: [UInt64]) {
            self.name = name
            self.arguments = arguments
        }
    }

    package let thread: ThreadID
    package let name: String
    package let state: State
    /// The call that it waits in, or was on its way out of.
    package let call: Call?
    /// How long it was held; 0 where it was not.
    package let heldNanoseconds: UInt64

    package init(
        thread: ThreadID,
        name: String,
        state: State,
        call: Call?,
        heldNanoseconds: UInt64
    ) {
        self.thread = thread
        self.name = name
        self.state = state
        self.call = call
        self.heldNanoseconds = heldNanoseconds
    }
}
