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

extension FoundStack {
    /// The stack of a thread that was found on a CPU.
    init(_ copy: StackCopy, of sample: SampleBatch.Sample) {
        self.init(
            process: sample.process,
            thread: sample.thread,
            systemCall: sample.systemCall,
            copy: copy
        )
    }

    /// The stack that a thread waits in.
    init(_ copy: StackCopy, of wait: SampleBatch.Wait) {
        self.init(
            process: wait.process,
            thread: wait.thread,
            systemCall: wait.systemCall,
            copy: copy
        )
    }
}
